import { parseTimestamp } from "@vedette/protocol";
import type { EventContext } from "../contract.js";
import type { Fields } from "./fields.js";
import type { Place } from "./notes.js";

/** A clock this far from ours is set wrongly; less is latency (ingest sheet 6.22). */
const MIN_DRIFT_MS = 55 * 60_000;
const MAX_FUTURE_MS = 60_000;
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** Times of one event, all in seconds since 1970 with microseconds, corrected. */
export interface EventTimes {
  readonly timestamp: number;
  readonly received: number;
  /** Undefined when absent or unreadable. */
  readonly start: number | undefined;
  /** True when the sender gave a readable main time. */
  readonly isDated: boolean;
  /** Brings any other time of the event to corrected seconds; undefined when it is no time. */
  readonly toSeconds: (value: unknown) => number | undefined;
}

/**
 * Reads the event's times (ingest sheet 6.3, 6.22). A clock wrong by 55 minutes or more, as told by `sent_at`, shifts
 * all of them; then an event over a minute ahead or over 30 days old is shifted so that it happened on receipt.
 * A missing or unreadable main time is the time of receipt.
 *
 * @returns null when the main time is negative, which makes the whole event invalid
 */
export function readEventTimes(event: Fields, context: EventContext): EventTimes | null {
  const sent = event.raw["timestamp"];
  if (typeof sent === "number" && sent < 0) return null;
  const place = event.place.at("timestamp");
  const sentMs = parseTimestamp(sent);
  if (sentMs === null && sent !== undefined && sent !== null) place.invalid("not a timestamp");
  const driftMs = driftOf(context, place);
  const correctedMs = sentMs === null ? null : sentMs + driftMs;
  const shiftMs = driftMs + (correctedMs === null ? 0 : ageShiftOf(correctedMs, context.receivedAt, place));
  const toSeconds = (value: unknown): number | undefined => {
    const ms = value === undefined || value === null ? null : parseTimestamp(value);
    return ms === null ? undefined : seconds(Math.max(0, ms + shiftMs));
  };
  return {
    timestamp: sentMs === null ? seconds(context.receivedAt) : seconds(Math.max(0, sentMs + shiftMs)),
    received: seconds(context.receivedAt),
    start: toSeconds(event.raw["start_timestamp"]),
    isDated: sentMs !== null,
    toSeconds,
  };
}

function driftOf(context: EventContext, place: Place): number {
  if (context.sentAt === null) return 0;
  const driftMs = context.receivedAt - context.sentAt;
  if (Math.abs(driftMs) < MIN_DRIFT_MS) return 0;
  place.problem("clock_drift", { sdk_time: iso(context.sentAt), server_time: iso(context.receivedAt) });
  return driftMs;
}

function ageShiftOf(correctedMs: number, receivedAt: number, place: Place): number {
  const isFuture = correctedMs > receivedAt + MAX_FUTURE_MS;
  if (!isFuture && correctedMs >= receivedAt - MAX_AGE_MS) return 0;
  place.problem(isFuture ? "future_timestamp" : "past_timestamp", {
    sdk_time: iso(correctedMs),
    server_time: iso(receivedAt),
  });
  return receivedAt - correctedMs;
}

/** Seconds with six decimals, the nearest number to that decimal text, so that reading it again changes nothing. */
function seconds(ms: number): number {
  return Math.round(ms * 1000) / 1e6;
}

function iso(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
