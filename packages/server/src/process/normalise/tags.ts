import { lenientText, pairsOf } from "./fields.js";
import type { TextPair } from "./pairs.js";
import type { Place } from "./notes.js";
import { cutText } from "./text-limit.js";

const MAX_KEY_LENGTH = 200;
const MAX_VALUE_LENGTH = 200;
/** Tags kept; each is a row of an index. */
const MAX_TAGS = 200;

const KEY = /^[a-zA-Z0-9_.:-]+$/;
const NEWLINES = /[\r\n\f\v\u2028\u2029]+/g;
const HAS_NEWLINE = /[\r\n\f\v\u2028\u2029]/;

/** Names the event has attributes of its own for. */
const RESERVED: ReadonlySet<string> = new Set(["release", "dist", "user", "filename", "function"]);

/** Tags, and the environment among them, which belongs to the event's attribute of that name. */
export interface TagsResult {
  readonly tags: readonly TextPair[];
  readonly environment: string | undefined;
}

/**
 * Reads the tags, an object or a list of pairs, into pairs with each key once, the first winning (ingest sheet
 * 6.9). Keys are trimmed, blanks in them become `-`; a key with other characters, or over 200, is dropped and
 * noted, as is an empty value. Long values are cut to 200 and line breaks become blanks.
 */
export function normaliseTags(sent: unknown, event: Place): TagsResult {
  const place = event.at("tags");
  const pairs = sent === undefined || sent === null ? [] : pairsOf(sent, place);
  if (pairs === null) place.invalid("expected an object or a list of pairs");
  const tags = new Map<string, string>();
  for (const [rawKey, rawValue] of pairs ?? []) {
    if (rawValue === null || rawKey === null || tags.size >= MAX_TAGS) continue;
    const key = readKey(rawKey, place);
    if (key === undefined || RESERVED.has(key) || tags.has(key)) continue;
    const value = readValue(rawValue, place.at(key));
    if (value !== undefined) tags.set(key, value);
  }
  const environment = tags.get("environment");
  tags.delete("environment");
  return { tags: [...tags], environment };
}

/** Text as a tag's value: line breaks as blanks, cut to 200; undefined when empty. */
export function toTagValue(text: string): string | undefined {
  const line = HAS_NEWLINE.test(text) ? text.replace(NEWLINES, " ") : text;
  return cutText(line.trim(), MAX_VALUE_LENGTH) || undefined;
}

function readKey(raw: unknown, place: Place): string | undefined {
  const key = lenientText(raw)?.trim().replaceAll(" ", "-") ?? "";
  if (key.length <= MAX_KEY_LENGTH && KEY.test(key)) return key;
  place.at(cutText(key, MAX_KEY_LENGTH)).invalid("not a tag key");
  return undefined;
}

function readValue(raw: unknown, place: Place): string | undefined {
  const text = lenientText(raw);
  const value = text === undefined ? undefined : toTagValue(text);
  if (value === undefined) place.invalid("expected a non-empty tag value");
  else if (text !== undefined && text.length > MAX_VALUE_LENGTH) place.cut(text.length, value.length);
  return value;
}
