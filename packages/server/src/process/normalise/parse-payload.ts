import { isRecord } from "@vedette/protocol";

/** Outcome of parsing a payload. */
export type PayloadResult =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** True when escapes called for a look at every string (surrogates, NUL, prototype keys). */
      readonly cleaned: boolean;
    }
  | { readonly ok: false; readonly reason: "no_data" | "invalid_json" };

/** Containers nested deeper than this are dropped: no SDK goes there, and recursion must end. */
const MAX_DEPTH = 200;

const BARE_TOKEN = /-?\b(?:NaN|Infinity)\b/g;
/** `\u00…` covers NUL and every other way to spell `__proto__`; `\ud…` covers surrogates. */
const RISKY = /__proto__|\\u(?:00|[dD][89a-fA-F])/;

/**
 * Parses the JSON of an item into values which are safe to copy and store: every string is well-formed and
 * free of NUL, no key is `__proto__`.
 *
 * Broken UTF-8 becomes U+FFFD. When the text is no JSON, the bare tokens `NaN`, `Infinity` and `-Infinity` of
 * Python's encoder are read as null and it is tried once more (docs: ingest sheet 1.3). The walk over all strings
 * is made only when the text holds an escape that could matter.
 */
export function parsePayload(body: Uint8Array | string): PayloadResult {
  const text = typeof body === "string" ? body : decodeUtf8(body);
  if (text.trim() === "") return { ok: false, reason: "no_data" };
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: "invalid_json" };
  const risky = RISKY.test(text) || !text.isWellFormed();
  return { ok: true, value: risky ? clean(value, MAX_DEPTH) : value, cleaned: risky };
}

/** Parses JSON found inside an event, cleaned as by `parsePayload`; undefined when it is no JSON. */
export function parseInnerJson(text: string): unknown {
  const result = parsePayload(text);
  return result.ok ? result.value : undefined;
}

/** The same JSON with every string cleaned as by `parsePayload`, for values that were packed inside strings. */
export function cleanJson(value: unknown): unknown {
  return clean(value, MAX_DEPTH);
}

/** A well-formed text without NUL; the same text when it is one. */
export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "") : whole;
}

function decodeUtf8(body: Uint8Array): string {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.includes("NaN") || text.includes("Infinity") ? parseRepaired(text) : undefined;
  }
}

function parseRepaired(text: string): unknown {
  try {
    return JSON.parse(withoutBareTokens(text));
  } catch {
    return undefined;
  }
}

/** Replaces the tokens outside of strings. Goes over the text once: a hostile one must not cost more than its length. */
function withoutBareTokens(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('"', at);
    const end = open === -1 ? text.length : open;
    pieces.push(text.slice(at, end).replace(BARE_TOKEN, "null"));
    at = open === -1 ? text.length : endOfString(text, open + 1);
    pieces.push(text.slice(end, at));
  }
  return pieces.join("");
}

/** Position after the quote which closes a string; the end of the text when none does. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslash = quote;
    while (backslash > start && text[backslash - 1] === "\\") backslash -= 1;
    if ((quote - backslash) % 2 === 0) return quote + 1;
  }
  return text.length;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.map((entry) => clean(entry, depth - 1));
  return isRecord(value) ? cleanRecord(value, depth) : null;
}

function cleanRecord(value: Record<string, unknown>, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const cleanKey = cleanText(key);
    if (cleanKey !== "__proto__") copy[cleanKey] = clean(value[key], depth - 1);
  }
  return copy;
}
