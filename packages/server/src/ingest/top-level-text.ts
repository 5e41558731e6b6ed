const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** How far into a payload is looked: event ids stand near one end of small events, and this costs under 1 ms. */
const maxScannedBytes = 256 * 1024;
const maxTextLength = 64;

/**
 * Finds a short text value at the top level of a JSON object without parsing it: `event_id` when the envelope header
 * has none, `type` of a legacy event. Keys inside nested objects do not count. The first of several wins.
 *
 * @returns the text as written, without its quotes; undefined when it is absent, no short plain text, or too far in
 */
export function topLevelText(json: Buffer, key: string): string | undefined {
  const needle = Buffer.from(`"${key}"`);
  const window = json.subarray(0, maxScannedBytes);
  // Native search first: most payloads without the key are settled here.
  if (!window.includes(needle)) return undefined;
  let depth = 0;
  for (let at = 0; at < window.length; at += 1) {
    const byte = window[at];
    if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    else if (byte === quote) {
      const end = endOfText(window, at);
      if (depth === 1 && end - at === needle.length && window.subarray(at, end).equals(needle)) {
        const value = textAfterColon(window, end);
        if (value !== null) return value;
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** Offset behind the closing quote of the text that starts at `start`. */
function endOfText(json: Buffer, start: number): number {
  let from = start + 1;
  for (;;) {
    const end = json.indexOf(quote, from);
    if (end === -1) return json.length;
    let backslashes = 0;
    while (json[end - 1 - backslashes] === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
    from = end + 1;
  }
}

/** Null when no colon follows, so that this was a value and not a key. */
function textAfterColon(json: Buffer, at: number): string | undefined | null {
  const colonAt = skipSpace(json, at);
  if (json[colonAt] !== colon) return null;
  const start = skipSpace(json, colonAt + 1);
  if (json[start] !== quote) return undefined;
  const end = json.indexOf(quote, start + 1);
  if (end === -1 || end - start > maxTextLength) return undefined;
  return json.toString("latin1", start + 1, end);
}

function skipSpace(json: Buffer, from: number): number {
  let at = from;
  while (json[at] === 0x20 || json[at] === 0x0a || json[at] === 0x0d || json[at] === 0x09) at += 1;
  return at;
}
