import type { IncomingHttpHeaders } from "node:http";
import type { ByteShare } from "./byte-budget.js";
import { decompress } from "./decompress.js";
import type { IngestContext } from "./ingest-context.js";
import { Refusal } from "./refusal.js";

/** A request as the endpoints see it. */
export interface IngestRequest {
  readonly method: string;
  /** Path parameters: projectId, eventId, slug, key. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Content type as sent; empty when absent. */
  readonly contentType: string;
  /** Body as it came over the wire, still encoded. */
  readonly body: Buffer;
  /** The request's part of the memory budget. */
  readonly share: ByteShare;
  /** The sender's address: the peer's, or what the app's trusted proxies say. */
  readonly clientIp: string;
}

/** The body with its content encoding undone; a refusal when it is empty, damaged or too large. */
export async function readDecoded(request: IngestRequest, context: IngestContext): Promise<Buffer | Refusal> {
  const { maxInflatedBytes, backlogRetrySeconds } = context.options;
  const body = await decompress(request.body, request.headers["content-encoding"], {
    share: request.share,
    limits: { maxInflatedBytes, retrySeconds: backlogRetrySeconds },
  });
  return !(body instanceof Refusal) && body.length === 0 ? new Refusal("empty_body") : body;
}

/** `application/json` of `Application/JSON; charset=utf-8`. */
export function mediaTypeOf(contentType: string): string {
  const [type = ""] = contentType.split(";", 1);
  return type.trim().toLowerCase();
}

/** The first value of a header that may have come several times. */
export function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}
