import { acceptItems } from "./accept-items.js";
import { admitRequest, refuseCounted } from "./admit.js";
import { idAnswer } from "./answer.js";
import type { Answer } from "./answer.js";
import { mediaTypeOf, readDecoded } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import { Refusal } from "./refusal.js";

const securityTypes: ReadonlySet<string> = new Set([
  "application/csp-report",
  "application/json",
  "application/reports+json",
  "application/expect-ct-report",
  "application/expect-ct-report+json",
  "application/expect-staple-report",
]);
const nelTypes: ReadonlySet<string> = new Set(["application/json", "application/reports+json"]);

/**
 * `POST /api/{project}/security/` and `/csp-report/`: what browsers report by themselves (ingest sheet 1.4). Arrays of
 * the Reporting API are taken whole; process splits them. Success is an empty 200.
 */
export function receiveSecurityReport(
  request: IngestRequest,
  context: IngestContext,
): Promise<Answer | Refusal> {
  const header = {
    type: "raw_security",
    ...fromQuery(request, "sentry_release"),
    ...fromQuery(request, "sentry_environment"),
  };
  return receiveReport(request, context, { header, mediaTypes: securityTypes });
}

/** `POST /api/{project}/nel/`: an array of Network Error Logging reports (ingest sheet 1.5). */
export function receiveNel(request: IngestRequest, context: IngestContext): Promise<Answer | Refusal> {
  return receiveReport(request, context, { header: { type: "nel" }, mediaTypes: nelTypes });
}

interface ReportKind {
  readonly header: { readonly type: string };
  readonly mediaTypes: ReadonlySet<string>;
}

async function receiveReport(
  request: IngestRequest,
  context: IngestContext,
  { header, mediaTypes }: ReportKind,
): Promise<Answer | Refusal> {
  const sender = await admitRequest(request, context);
  if (sender instanceof Refusal) return sender;
  if (!mediaTypes.has(mediaTypeOf(request.contentType))) {
    return refuseCounted(new Refusal("unsupported_media"), sender, context);
  }
  const payload = await readDecoded(request, context);
  if (payload instanceof Refusal) return refuseCounted(payload, sender, context);
  const accepted = await acceptItems({ header: {}, items: [{ header, payload }] }, sender, context);
  if (accepted instanceof Refusal) return accepted;
  return accepted.limits.length > 0 ? idAnswer("", accepted.limits) : { status: 200 };
}

const maxValueLength = 200;

function fromQuery(request: IngestRequest, name: string): Record<string, string> {
  const value = request.query.get(name);
  return value === null || value === "" ? {} : { [name]: value.slice(0, maxValueLength) };
}
