import type { BagLimit } from "./bag.js";
import { asJsonText } from "./bag.js";
import { lenientText } from "./fields.js";
import type { Place } from "./notes.js";
import { cleanText } from "./parse-payload.js";
import { cutText } from "./text-limit.js";

/** A name and its value, as headers, cookies and query parameters are kept. */
export type TextPair = readonly [string, string];

const MIN_USEFUL_CHARS = 8;
/** More would be cut by size anyway. */
const MAX_FORM_PAIRS = 2000;

/** Cuts a list of pairs to the size of a bag, from its end; noted when something is lost. */
export function trimPairs(pairs: readonly TextPair[], limit: BagLimit, place: Place): readonly TextPair[] {
  const kept: TextPair[] = [];
  let left = limit.maxChars;
  for (const [name, value] of pairs) {
    if (left < name.length + MIN_USEFUL_CHARS) break;
    left -= name.length + 6;
    const text = cutText(value, Math.max(left, 0));
    if (text !== value) place.at(kept.length).cut(value.length, text.length);
    kept.push([name, text]);
    left -= text.length;
  }
  if (kept.length < pairs.length) place.shortened(pairs.length);
  return kept;
}

/** Text of a pair's value: scalars as they read, anything else as JSON, null as nothing. */
export function pairText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return String(value);
  return lenientText(value) ?? asJsonText(value);
}

/** Pairs of form-encoded text such as a query string, decoded; broken escapes stay as they are. */
export function parseForm(text: string): readonly TextPair[] {
  const pairs: TextPair[] = [];
  for (const part of text.split("&", MAX_FORM_PAIRS)) {
    const at = part.indexOf("=");
    if (part !== "")
      pairs.push(
        at === -1 ? [decodeForm(part), ""] : [decodeForm(part.slice(0, at)), decodeForm(part.slice(at + 1))],
      );
  }
  return pairs;
}

/** Pairs of a `Cookie` header; values are percent-decoded where that is possible. */
export function parseCookies(text: string): readonly TextPair[] {
  const pairs: TextPair[] = [];
  for (const part of text.split(";")) {
    const at = part.indexOf("=");
    const name = (at === -1 ? part : part.slice(0, at)).trim();
    if (name !== "") pairs.push([name, at === -1 ? "" : decode(part.slice(at + 1).trim())]);
  }
  return pairs;
}

function decodeForm(text: string): string {
  return decode(text.includes("+") ? text.replaceAll("+", " ") : text);
}

function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return cleanText(decodeURIComponent(text));
  } catch {
    // Not everything with a percent sign is encoded.
    return text;
  }
}
