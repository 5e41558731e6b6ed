import { isNilEventId, normaliseEventId } from "./event-id.js";
import { isDeeperThan, isRecord } from "./json.js";

/** First line of an envelope. Known keys have the type stated here after parsing; unknown keys are kept. */
export interface EnvelopeHeader {
  /** 32 lower-case hex characters; absent when the sender gave none (or the nil UUID). */
  readonly event_id?: string;
  readonly dsn?: string;
  /** Time of sending by the sender's clock; read it with `parseTimestamp`. */
  readonly sent_at?: string;
  /** Sampling context; read it with `parseTraceContext`. */
  readonly trace?: unknown;
  readonly sdk?: unknown;
  readonly [key: string]: unknown;
}

/** First line of an item. Known keys have the type stated here after parsing; unknown keys are kept. */
export interface ItemHeader {
  readonly type: string;
  /** Payload bytes; absent when the sender let the newline end the payload. */
  readonly length?: number;
  readonly content_type?: string;
  /** Elements in a container (log, trace_metric, span). */
  readonly item_count?: number;
  readonly filename?: string;
  readonly attachment_type?: string;
  readonly platform?: string;
  readonly [key: string]: unknown;
}

export interface EnvelopeItem {
  readonly header: ItemHeader;
  /** A view into the body given to the parser: copy it before that buffer is used again. */
  readonly payload: Buffer;
}

export interface Envelope {
  readonly ok: true;
  readonly header: EnvelopeHeader;
  readonly items: readonly EnvelopeItem[];
}

export type EnvelopeErrorCode =
  | "empty_body"
  | "invalid_header"
  | "invalid_event_id"
  | "invalid_item_header"
  | "header_too_large"
  | "too_many_items"
  | "unexpected_eof"
  | "missing_newline";

export interface EnvelopeError {
  readonly ok: false;
  readonly code: EnvelopeErrorCode;
  /** Safe to show to the sender: holds nothing that was sent. */
  readonly message: string;
}

export interface EnvelopeLimits {
  /** Items in one envelope. Default `MAX_ENVELOPE_ITEMS`. */
  readonly maxItems: number;
  /** Bytes of one header line. Default `MAX_HEADER_BYTES`. */
  readonly maxHeaderBytes: number;
}

/** All counts of the protocol's limits together stay under 300; more than this is not an SDK. */
export const MAX_ENVELOPE_ITEMS = 1000;
/** Real header lines are under 4 KiB; SDKs with hundreds of packages in `sdk` reach some tens of KiB. */
export const MAX_HEADER_BYTES = 64 * 1024;
/**
 * Nesting of a header. JSON.parse takes any depth, but JSON.stringify and structuredClone overflow the stack
 * from about 4000 levels on (Node 20), so whoever passes such a header on would fail.
 */
const MAX_HEADER_DEPTH = 32;
/** Lines up to this length cannot nest deep enough to matter, so most item headers skip the check. */
const SHALLOW_LENGTH = 256;
/** Blank bytes passed over before an item header: enough for stray final newlines, too few to spin on. */
const MAX_BLANK_BYTES = 16;

const DEFAULT_LIMITS: EnvelopeLimits = { maxItems: MAX_ENVELOPE_ITEMS, maxHeaderBytes: MAX_HEADER_BYTES };
const LF = 0x0a;
const CR = 0x0d;

/** The parsed first line and where the items begin. */
export interface EnvelopeHead {
  readonly ok: true;
  readonly header: EnvelopeHeader;
  /** Offset of the first byte after the header line. */
  readonly itemsAt: number;
}

/**
 * Reads only the first line of an envelope: what a tunnel or an authentication by DSN needs.
 *
 * Keys of the wrong type are taken away as if absent, except an unreadable `event_id`, which is an error.
 * A key that appears twice is tolerated, the last one counts.
 */
export function parseEnvelopeHeader(
  body: Buffer,
  limits: EnvelopeLimits = DEFAULT_LIMITS,
): EnvelopeHead | EnvelopeError {
  if (body.length === 0) return fault("empty_body", "the body is empty");
  const line = readLine(body, 0, limits.maxHeaderBytes);
  if (line === "too_large") return fault("header_too_large", "the envelope header is too long");
  if (line === "invalid")
    return fault("invalid_header", "the envelope header is not a JSON object on one line");
  const { fields } = line;
  keepStrings(fields, ["dsn", "sent_at"]);
  if (!fixEventId(fields)) return fault("invalid_event_id", "event_id in the envelope header is not a UUID");
  return { ok: true, header: fields, itemsAt: line.next };
}

/**
 * Splits an envelope into header and items without copying or parsing payloads
 * (grammar: https://develop.sentry.dev/sdk/foundations/transport/envelopes/).
 *
 * Accepts items with and without `length`, a missing final newline, stray blank lines before an item or at the
 * end, and zero items. Unknown item types are items like any other. Returns an error value for broken framing
 * or more than `limits` allow; never throws.
 */
export function parseEnvelope(
  body: Buffer,
  limits: EnvelopeLimits = DEFAULT_LIMITS,
): Envelope | EnvelopeError {
  const head = parseEnvelopeHeader(body, limits);
  if (!head.ok) return head;
  const items: EnvelopeItem[] = [];
  let at = skipBlank(body, head.itemsAt);
  while (at < body.length) {
    if (items.length >= limits.maxItems) return fault("too_many_items", `more than ${limits.maxItems} items`);
    const read = readItem(body, at, limits.maxHeaderBytes);
    if ("code" in read) return read;
    items.push(read.item);
    at = skipBlank(body, read.next);
  }
  return { ok: true, header: head.header, items };
}

function readItem(
  body: Buffer,
  start: number,
  maxHeaderBytes: number,
): { readonly item: EnvelopeItem; readonly next: number } | EnvelopeError {
  const line = readLine(body, start, maxHeaderBytes);
  if (line === "too_large") return fault("header_too_large", "an item header is too long");
  if (line === "invalid")
    return fault("invalid_item_header", "an item header is not a JSON object on one line");
  const header = checkItemHeader(line.fields);
  if (header === null) return fault("invalid_item_header", "an item header has no type or a bad length");
  const end = payloadEnd(body, line.next, header.length);
  if (end > body.length) return fault("unexpected_eof", "an item is shorter than its length says");
  if (end < body.length && body[end] !== LF)
    return fault("missing_newline", "no newline after an item's payload");
  return { item: { header, payload: body.subarray(line.next, end) }, next: end + 1 };
}

function payloadEnd(body: Buffer, start: number, length: number | undefined): number {
  if (length !== undefined) return start + length;
  const newline = body.indexOf(LF, start);
  return newline === -1 ? body.length : newline;
}

type Fields = Record<string, unknown>;

function readLine(
  body: Buffer,
  start: number,
  maxBytes: number,
): { readonly fields: Fields; readonly next: number } | "too_large" | "invalid" {
  const newline = body.indexOf(LF, start);
  const end = newline === -1 ? body.length : newline;
  if (end - start > maxBytes) return "too_large";
  const fields = parseObject(body.toString("utf8", start, end));
  return fields === null ? "invalid" : { fields, next: Math.min(end + 1, body.length) };
}

function parseObject(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return null;
    return text.length > SHALLOW_LENGTH && isDeeperThan(value, MAX_HEADER_DEPTH) ? null : value;
  } catch {
    // JSON.parse has no other way to say that the text is not JSON.
    return null;
  }
}

/** Takes away a nil or empty id, brings others to their stored form; false when the id cannot be read. */
function fixEventId(fields: Fields): boolean {
  const given = fields["event_id"];
  if (given === undefined) return true;
  if (given === null || given === "" || (typeof given === "string" && isNilEventId(given))) {
    delete fields["event_id"];
    return true;
  }
  const id = typeof given === "string" ? normaliseEventId(given) : null;
  if (id === null) return false;
  fields["event_id"] = id;
  return true;
}

function checkItemHeader(fields: Fields): ItemHeader | null {
  const { type, length } = fields;
  if (typeof type !== "string" || type === "") return null;
  if (length === null) delete fields["length"];
  else if (length !== undefined && !isCount(length)) return null;
  if (fields["item_count"] !== undefined && !isCount(fields["item_count"])) delete fields["item_count"];
  keepStrings(fields, ["content_type", "filename", "attachment_type", "platform"]);
  return Object.assign(fields, { type });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function keepStrings(fields: Fields, keys: readonly string[]): void {
  for (const key of keys) {
    if (fields[key] !== undefined && typeof fields[key] !== "string") delete fields[key];
  }
}

function skipBlank(body: Buffer, start: number): number {
  const last = Math.min(start + MAX_BLANK_BYTES, body.length);
  let at = start;
  while (at < last && (body[at] === LF || body[at] === CR)) at += 1;
  return at;
}

function fault(code: EnvelopeErrorCode, message: string): EnvelopeError {
  return { ok: false, code, message };
}
