import { itemLimits } from "@vedette/protocol";
import { acceptItems } from "./accept-items.js";
import { admitRequest, refuseCounted } from "./admit.js";
import { idAnswer } from "./answer.js";
import type { Answer } from "./answer.js";
import { mediaTypeOf, readDecoded } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import { Refusal, tooLargeRefusal } from "./refusal.js";

const mediaTypes: ReadonlySet<string> = new Set(["application/x-protobuf", "application/json"]);

/** `POST /api/{project}/integration/otlp/v1/traces`: OpenTelemetry spans, kept as they came (ingest sheet 1.9). */
export function receiveOtlpTraces(request: IngestRequest, context: IngestContext): Promise<Answer | Refusal> {
  return receiveOtlp(request, context, "otlp_traces");
}

/** `POST /api/{project}/integration/otlp/v1/logs`: OpenTelemetry log records, kept as they came. */
export function receiveOtlpLogs(request: IngestRequest, context: IngestContext): Promise<Answer | Refusal> {
  return receiveOtlp(request, context, "otlp_logs");
}

async function receiveOtlp(
  request: IngestRequest,
  context: IngestContext,
  type: "otlp_traces" | "otlp_logs",
): Promise<Answer | Refusal> {
  const sender = await admitRequest(request, context);
  if (sender instanceof Refusal) return sender;
  const contentType = mediaTypeOf(request.contentType);
  if (!mediaTypes.has(contentType)) return refuseCounted(new Refusal("unsupported_media"), sender, context);
  const payload = await readDecoded(request, context);
  if (payload instanceof Refusal) return refuseCounted(payload, sender, context);
  if (payload.length > itemLimits.span_container.maxItemBytes) {
    return refuseCounted(tooLargeRefusal(type), sender, context);
  }
  const items = [{ header: { type, content_type: contentType }, payload }];
  const accepted = await acceptItems({ header: {}, items }, sender, context);
  if (accepted instanceof Refusal) return accepted;
  return accepted.limits.length > 0 ? idAnswer("", accepted.limits) : { status: 202 };
}
