import { inflateSync } from "node:zlib";

/** Outcome of decoding a `/store/` body. */
export type StoreBodyResult =
  | { readonly ok: true; readonly json: Uint8Array }
  | { readonly ok: false; readonly reason: "no_data" | "invalid_json" | "too_large:event" };

/** Largest event, decoded (ingest sheet 3.7). */
const MAX_EVENT_BYTES = 1024 * 1024;

const BRACE = 0x7b;
const BASE64 = /^[\w+/\s-]+={0,2}$/;

/**
 * Finds the JSON of a legacy `/store/` body: plain, base64, or base64 of zlib (raven clients, ingest sheet 1.3).
 *
 * Plain JSON comes back as a view of the same bytes. Inflating stops at `maxBytes` (default 1 MiB). The JSON is
 * not parsed here.
 */
export function decodeStoreBody(body: Uint8Array, maxBytes: number = MAX_EVENT_BYTES): StoreBodyResult {
  const start = firstByte(body);
  if (start === undefined) return { ok: false, reason: "no_data" };
  if (start === BRACE) return bounded(body, maxBytes);
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1").trim();
  const packed = BASE64.test(text) ? Buffer.from(text, "base64") : body;
  if (firstByte(packed) === BRACE) return bounded(packed, maxBytes);
  return inflate(packed, maxBytes);
}

function inflate(packed: Uint8Array, maxBytes: number): StoreBodyResult {
  try {
    return { ok: true, json: inflateSync(packed, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const tooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return { ok: false, reason: tooLarge ? "too_large:event" : "invalid_json" };
  }
}

function bounded(json: Uint8Array, maxBytes: number): StoreBodyResult {
  return json.length > maxBytes ? { ok: false, reason: "too_large:event" } : { ok: true, json };
}

function firstByte(bytes: Uint8Array): number | undefined {
  return bytes.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
}
