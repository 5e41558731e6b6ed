import { isRecord, itemLimits } from "@vedette/protocol";
import { acceptItems } from "./accept-items.js";
import { admitRequest, refuseCounted } from "./admit.js";
import type { Answer } from "./answer.js";
import { mediaTypeOf, readDecoded } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import { Refusal, tooLargeRefusal } from "./refusal.js";

const nilId = "0".repeat(32);
const maxTextLength = 200;

/**
 * `GET` and `POST /api/{project}/cron/{slug}[/{key}]`: a check-in by plain HTTP, from curl or a crontab (ingest sheet
 * 1.8). It becomes the `check_in` item an SDK would have sent. Answers 202, also when a rate limit keeps it out.
 */
export async function receiveCheckIn(
  request: IngestRequest,
  context: IngestContext,
): Promise<Answer | Refusal> {
  const sender = await admitRequest(request, context);
  if (sender instanceof Refusal) return sender;
  const checkIn = await readCheckIn(request, context);
  if (checkIn instanceof Refusal) return refuseCounted(checkIn, sender, context);
  const payload = Buffer.from(JSON.stringify({ ...checkIn, monitor_slug: request.params["slug"] ?? "" }));
  const accepted = await acceptItems(
    { header: {}, items: [{ header: { type: "check_in" }, payload }] },
    sender,
    context,
  );
  return accepted instanceof Refusal ? accepted : { status: 202 };
}

/**
 * The check-in without its slug. The JSON is parsed here, unlike all other payloads: it is small, rare, and has to be
 * joined with the slug of the path.
 */
async function readCheckIn(
  request: IngestRequest,
  context: IngestContext,
): Promise<Readonly<Record<string, unknown>> | Refusal> {
  if (request.method !== "POST" || !mediaTypeOf(request.contentType).startsWith("application/json")) {
    return fromQuery(request.query);
  }
  const body = await readDecoded(request, context);
  if (body instanceof Refusal) return body.code === "empty_body" ? fromQuery(request.query) : body;
  if (body.length > itemLimits.check_in.maxItemBytes) return tooLargeRefusal("check_in");
  const json = parseJson(body.toString("utf8"));
  return isRecord(json) ? json : new Refusal("invalid_json");
}

function fromQuery(query: URLSearchParams): Readonly<Record<string, unknown>> | Refusal {
  const status = query.get("status");
  if (status === null) return new Refusal("invalid_check_in", { causes: ["the query has no status"] });
  const duration = Number(query.get("duration") ?? Number.NaN);
  const environment = query.get("environment");
  return {
    check_in_id: (query.get("check_in_id") ?? nilId).slice(0, maxTextLength),
    status: status.slice(0, maxTextLength),
    ...(environment === null ? {} : { environment: environment.slice(0, maxTextLength) }),
    ...(Number.isFinite(duration) ? { duration } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON.parse has no other way to say that the text is not JSON.
    return null;
  }
}
