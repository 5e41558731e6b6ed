import { findLimitBreach, normaliseEventId } from "@vedette/protocol";
import { acceptItems } from "./accept-items.js";
import type { Submission } from "./accept-items.js";
import { admitRequest, refuseCounted } from "./admit.js";
import { uuidAnswer } from "./answer.js";
import type { Answer } from "./answer.js";
import { attachmentItem, readForm } from "./attachments.js";
import { unpackDump } from "./dump-file.js";
import { mediaTypeOf, readDecoded } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import { minidumpBody, readMinidumpHeader } from "./minidump-header.js";
import { readPieces } from "./minidump-pieces.js";
import type { FormFile, MultipartForm } from "./multipart.js";
import { Refusal, tooLargeRefusal } from "./refusal.js";

const rawTypes: ReadonlySet<string> = new Set(["application/octet-stream", "application/x-dmp"]);
const dumpField = "upload_file_minidump";
/** The event's pieces together, before they are read (ingest sheet 3.7: one event). */
const maxPiecesBytes = 2 * 1024 * 1024;

/**
 * `POST /api/{project}/minidump/`: a native crash, raw or as a form (ingest sheet 1.6). The dump is stored whole for a
 * later symbolication; its header and the SDK's event pieces become the body of a `minidump` record, unread. Rate
 * limits are swallowed: a crash reporter would send the same dump again and again.
 */
export async function receiveMinidump(
  request: IngestRequest,
  context: IngestContext,
): Promise<Answer | Refusal> {
  const sender = await admitRequest(request, context);
  if (sender instanceof Refusal) return sender;
  const submission = await readSubmission(request, context);
  if (submission instanceof Refusal) return refuseCounted(submission, sender, context);
  const accepted = await acceptItems(submission, sender, context);
  return accepted instanceof Refusal ? accepted : uuidAnswer(accepted.eventId);
}

async function readSubmission(request: IngestRequest, context: IngestContext): Promise<Submission | Refusal> {
  const form = rawTypes.has(mediaTypeOf(request.contentType))
    ? await rawForm(request, context)
    : await readForm(request, context);
  if (form instanceof Refusal) return form;
  const file = form.files.find(({ field }) => field === dumpField);
  if (file === undefined) return new Refusal("missing_minidump");
  const dump = await unpackDump(file, dumpField, {
    share: request.share,
    limits: {
      maxInflatedBytes: context.options.maxInflatedBytes,
      retrySeconds: context.options.backlogRetrySeconds,
    },
  });
  if (dump instanceof Refusal) return dump;
  return toSubmission(dump, { fields: form.fields, files: form.files.filter((other) => other !== file) });
}

async function rawForm(request: IngestRequest, context: IngestContext): Promise<MultipartForm | Refusal> {
  const data = await readDecoded(request, context);
  if (data instanceof Refusal) return data;
  const file = { field: dumpField, filename: "minidump.dmp", contentType: "application/x-dmp", data };
  return { fields: [], files: [file] };
}

function toSubmission(dump: FormFile, rest: MultipartForm): Submission | Refusal {
  const header = readMinidumpHeader(dump.data);
  if (header === null) return new Refusal("invalid_minidump");
  const { pieces, eventId, others } = readPieces(rest);
  const body = minidumpBody(header, pieces);
  if (body.length > maxPiecesBytes) return tooLargeRefusal("event");
  const items = [
    { header: { type: "minidump" }, payload: body },
    attachmentItem({ ...dump, contentType: "application/x-dmp" }, "event.minidump"),
    ...others.map((file) => attachmentItem(file, attachmentTypeOf(file))),
  ];
  const breach = findLimitBreach(items);
  if (breach) return tooLargeRefusal(breach.type);
  const id = normaliseEventId(eventId);
  return { header: id === null ? {} : { event_id: id }, items };
}

function attachmentTypeOf({ field, filename }: FormFile): string {
  return [field, filename].includes("view-hierarchy.json") ? "event.view_hierarchy" : "event.attachment";
}
