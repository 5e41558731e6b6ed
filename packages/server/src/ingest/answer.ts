import { formatRateLimits, retryAfterOf } from "@vedette/protocol";
import type { RateLimit } from "@vedette/protocol";
import type { Refusal } from "./refusal.js";

/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = "application/json";

/** `{"id": …}`, or `{}` without an event: 200, or 429 when some of the items were over a limit (ingest sheet 3.6). */
export function idAnswer(eventId: string, limits: readonly RateLimit[]): Answer {
  const body = eventId === "" ? "{}" : `{"id":"${eventId}"}`;
  if (limits.length === 0) return { status: 200, contentType: json, body };
  return {
    status: 429,
    contentType: json,
    body: JSON.stringify({
      detail: "some items are over a rate limit",
      ...(eventId === "" ? {} : { id: eventId }),
    }),
    headers: rateLimitHeaders(limits),
  };
}

/** The id in UUID form with hyphens, as crash reporters expect. */
export function uuidAnswer(eventId: string): Answer {
  const body = eventId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { status: 200, contentType: "text/plain; charset=utf-8", body };
}

/** `{"detail": …, "causes"?: […]}` with the refusal's status and limits. */
export function refusalAnswer(refusal: Refusal): Answer {
  const { status, detail, causes, limits } = refusal;
  return {
    status,
    contentType: json,
    body: JSON.stringify(causes.length === 0 ? { detail } : { detail, causes }),
    headers: { "x-sentry-error": detail, ...rateLimitHeaders(limits) },
  };
}

function rateLimitHeaders(limits: readonly RateLimit[]): Record<string, string> {
  if (limits.length === 0) return {};
  return { "x-sentry-rate-limits": formatRateLimits(limits), "retry-after": String(retryAfterOf(limits)) };
}
