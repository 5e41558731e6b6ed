import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** One item of an envelope as a client sent it. */
export interface SentItem {
  readonly type: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Buffer;
}

const lineFeed = 0x0a;

/** Undoes the encodings the official clients use. @throws Error for any other, and for a body that is not in it */
export function decode(body: Buffer, encoding: string | undefined): Buffer {
  switch (encoding ?? "") {
    case "":
    case "identity":
      return body;
    case "gzip":
      return gunzipSync(body);
    case "deflate":
      return inflateSync(body);
    case "br":
      return brotliDecompressSync(body);
    default:
      throw new Error(`no client is known to send "${encoding}"`);
  }
}

/** Splits a decoded envelope into its items (ingest sheet 3). @throws Error when a header is no JSON */
export function itemsOf(envelope: Buffer): SentItem[] {
  const items: SentItem[] = [];
  let at = endOfLine(envelope, 0) + 1;
  while (at < envelope.length) {
    const headerEnd = endOfLine(envelope, at);
    const line = envelope.toString("utf8", at, headerEnd).trim();
    at = headerEnd + 1;
    if (line === "") continue;
    const header = JSON.parse(line) as Record<string, unknown>;
    const end = typeof header["length"] === "number" ? at + header["length"] : endOfLine(envelope, at);
    items.push({ type: String(header["type"]), header, payload: envelope.subarray(at, end) });
    at = end + 1;
  }
  return items;
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(lineFeed, from);
  return end === -1 ? bytes.length : end;
}
