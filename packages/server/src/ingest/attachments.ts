import { normaliseEventId } from "@vedette/protocol";
import type { EnvelopeItem } from "@vedette/protocol";
import { acceptItems } from "./accept-items.js";
import { admitRequest, refuseCounted } from "./admit.js";
import { idAnswer } from "./answer.js";
import type { Answer } from "./answer.js";
import { readDecoded } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import { parseMultipart } from "./multipart.js";
import type { FormFile, MultipartForm } from "./multipart.js";
import { Refusal, busyRefusal } from "./refusal.js";

/** `POST /api/{project}/events/{event_id}/attachments/`: files of a form, added to an event that was sent before. */
export async function receiveAttachments(
  request: IngestRequest,
  context: IngestContext,
): Promise<Answer | Refusal> {
  const sender = await admitRequest(request, context);
  if (sender instanceof Refusal) return sender;
  const eventId = normaliseEventId(request.params["eventId"] ?? "");
  if (eventId === null) return refuseCounted(new Refusal("bad_event_id"), sender, context);
  const form = await readForm(request, context);
  if (form instanceof Refusal) return refuseCounted(form, sender, context);
  const items = form.files.map((file) => attachmentItem(file, "event.attachment"));
  const accepted = await acceptItems({ header: { event_id: eventId }, items }, sender, context);
  if (accepted instanceof Refusal) return accepted;
  return accepted.limits.length > 0 ? idAnswer("", accepted.limits) : { status: 201 };
}

/** The multipart form in a request's body. */
export async function readForm(
  request: IngestRequest,
  context: IngestContext,
): Promise<MultipartForm | Refusal> {
  const body = await readDecoded(request, context);
  if (body instanceof Refusal) return body;
  // The parts are copies of the body.
  if (!request.share.take(body.length)) return busyRefusal(context.options.backlogRetrySeconds);
  return (await parseMultipart(body, request.contentType)) ?? new Refusal("invalid_multipart");
}

/** A file of a form as the attachment item an envelope would hold. */
export function attachmentItem(file: FormFile, attachmentType: string): EnvelopeItem {
  return {
    header: {
      type: "attachment",
      length: file.data.length,
      filename: file.filename === "" ? file.field : file.filename,
      ...(file.contentType === "" ? {} : { content_type: file.contentType }),
      attachment_type: attachmentType,
    },
    payload: file.data,
  };
}
