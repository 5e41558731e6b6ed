import { isRecord } from "./json.js";
import { parseTimestamp } from "./timestamp.js";

/** What an SDK says it threw away. */
export interface Discarded {
  /** One of `CLIENT_DISCARD_REASONS` or a text we do not know yet. */
  readonly reason: string;
  /** Category name as sent; `toDataCategory` maps it. */
  readonly category: string;
  /** Positive whole number; bytes for byte categories. */
  readonly quantity: number;
}

export interface ClientReport {
  /** Milliseconds since 1970, when the report says. */
  readonly timestampMs?: number;
  readonly discarded: readonly Discarded[];
}

/** Entries read from one report: SDKs send one per reason and category, so far fewer. */
const MAX_ENTRIES = 1000;
const MAX_NAME_LENGTH = 200;

/**
 * Reads a parsed client report (https://develop.sentry.dev/sdk/telemetry/client-reports/).
 *
 * Entries without reason, category or positive quantity are passed over; something that is no report gives an
 * empty list. The fields only relays may add (rate limited, filtered) are not read.
 */
export function parseClientReport(json: unknown): ClientReport {
  if (!isRecord(json)) return { discarded: [] };
  const timestampMs = parseTimestamp(json["timestamp"]);
  const entries = json["discarded_events"];
  const discarded = Array.isArray(entries) ? entries.slice(0, MAX_ENTRIES).flatMap(readEntry) : [];
  return timestampMs === null ? { discarded } : { timestampMs, discarded };
}

function readEntry(entry: unknown): readonly Discarded[] {
  if (!isRecord(entry)) return [];
  const { reason, category, quantity } = entry;
  if (!isName(reason) || !isName(category) || typeof quantity !== "number") return [];
  const whole = Math.floor(quantity);
  return Number.isSafeInteger(whole) && whole > 0 ? [{ reason, category, quantity: whole }] : [];
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= MAX_NAME_LENGTH;
}
