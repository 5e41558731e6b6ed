import type { EnvelopeHeader, ItemHeader } from "./envelope.js";

/** An item to be written; text is encoded as UTF-8, and `length` is computed whatever the header says. */
export interface ItemToWrite {
  readonly header: ItemHeader;
  readonly payload: Uint8Array | string;
}

export interface WriteOptions {
  /** Write `length` in item headers. Default true; always written for a payload that holds a newline. */
  readonly withLength?: boolean;
  /** End the last item with a newline. Default true (as Python and Go do; JavaScript and PHP do not). */
  readonly finalNewline?: boolean;
}

const LF = 0x0a;
/** Not a Buffer: the web page imports this package too, and a browser has none when the module loads. */
const NEWLINE = Uint8Array.of(LF);

/** Writes an envelope that `parseEnvelope` reads back to the same header and items. */
export function writeEnvelope(
  header: EnvelopeHeader,
  items: readonly ItemToWrite[],
  { withLength = true, finalNewline = true }: WriteOptions = {},
): Buffer {
  const parts: Uint8Array[] = [Buffer.from(JSON.stringify(header))];
  for (const item of items) {
    const payload = typeof item.payload === "string" ? Buffer.from(item.payload) : item.payload;
    const { length: _given, ...rest } = item.header;
    const needsLength = withLength || payload.includes(LF);
    const written = needsLength ? { ...rest, length: payload.length } : rest;
    parts.push(NEWLINE, Buffer.from(JSON.stringify(written)), NEWLINE, payload);
  }
  if (finalNewline) parts.push(NEWLINE);
  return Buffer.concat(parts);
}
