import { inflate } from "node:zlib";
import { Refusal, tooLargeRefusal } from "./refusal.js";

/** Largest event, decoded (ingest sheet 3.7). */
const maxEventBytes = 1024 * 1024;
/** Base64 makes four characters of three bytes; nothing longer can hold an event. */
const maxTextBytes = 2 * maxEventBytes;
const brace = 0x7b;
const base64 = /^[\w+/\s-]+={0,2}\s*$/;

/**
 * The event JSON of a legacy body: plain, base64, or base64 of zlib (ingest sheet 1.3). Inflating is done by the
 * thread pool and stops at 1 MiB; the JSON is not parsed.
 */
export async function decodeStoreBody(body: Buffer): Promise<Buffer | Refusal> {
  if (startsObject(body)) return bounded(body);
  if (body.length > maxTextBytes) return tooLargeRefusal("event");
  const text = body.toString("latin1");
  const packed = base64.test(text) ? Buffer.from(text, "base64") : body;
  return startsObject(packed) ? bounded(packed) : inflateEvent(packed);
}

function inflateEvent(packed: Buffer): Promise<Buffer | Refusal> {
  return new Promise((resolve) => {
    inflate(packed, { maxOutputLength: maxEventBytes }, (error, json) => {
      if (error === null) resolve(startsObject(json) ? json : new Refusal("invalid_json"));
      else resolve(isTooLarge(error) ? tooLargeRefusal("event") : new Refusal("invalid_json"));
    });
  });
}

function isTooLarge(error: Error): boolean {
  return "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}

function bounded(json: Buffer): Buffer | Refusal {
  return json.length > maxEventBytes ? tooLargeRefusal("event") : json;
}

function startsObject(bytes: Buffer): boolean {
  return bytes.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) === brace;
}
