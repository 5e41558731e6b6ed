import { acceptItems } from "./accept-items.js";
import type { Acceptance } from "./accept-items.js";
import { admitRequest, refuseCounted } from "./admit.js";
import type { Sender } from "./admit.js";
import { idAnswer } from "./answer.js";
import type { Answer } from "./answer.js";
import { receiveEnvelope } from "./envelope.js";
import { mediaTypeOf, readDecoded } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import { Refusal } from "./refusal.js";
import { decodeStoreBody } from "./store-body.js";
import { topLevelText } from "./top-level-text.js";

/** A transparent image of one pixel. */
const pixel = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** `POST /api/{project}/store/` and `/api/store/`: one event of a legacy SDK, or an envelope if typed so. */
export async function receiveStore(
  request: IngestRequest,
  context: IngestContext,
): Promise<Answer | Refusal> {
  if (mediaTypeOf(request.contentType) === "application/x-sentry-envelope")
    return receiveEnvelope(request, context);
  const sender = await admitRequest(request, context);
  if (sender instanceof Refusal) return sender;
  const body = await readDecoded(request, context);
  const accepted = body instanceof Refusal ? body : await acceptEvent(body, sender, context);
  if (accepted instanceof Refusal) return refuseCounted(accepted, sender, context);
  return idAnswer(accepted.eventId, accepted.limits);
}

/** `GET …/store/?sentry_data=…`: the same, as an image for pages that can do nothing else. */
export async function receiveStorePixel(
  request: IngestRequest,
  context: IngestContext,
): Promise<Answer | Refusal> {
  const sender = await admitRequest(request, context);
  if (sender instanceof Refusal) return sender;
  // A plus of base64 that was not escaped arrives as a space.
  const data = request.query.get("sentry_data") ?? "";
  const body = Buffer.from(data.startsWith("{") ? data : data.replaceAll(" ", "+"));
  const accepted = body.length === 0 ? new Refusal("empty_body") : await acceptEvent(body, sender, context);
  if (accepted instanceof Refusal) return refuseCounted(accepted, sender, context);
  const { status, headers = {} } = idAnswer(accepted.eventId, accepted.limits);
  return { status, headers, contentType: "image/gif", body: pixel };
}

async function acceptEvent(
  body: Buffer,
  sender: Sender,
  context: IngestContext,
): Promise<Acceptance | Refusal> {
  const json = await decodeStoreBody(body);
  if (json instanceof Refusal) return json;
  const type = topLevelText(json, "type") === "transaction" ? "transaction" : "event";
  return acceptItems({ header: {}, items: [{ header: { type }, payload: json }] }, sender, context);
}
