import { parseDuration } from "../../../domain/duration.js";
import { AppError } from "../../../shared/app-error.js";
import { readTimeRange } from "../../http/time-range.js";
import type { TimeRange } from "../../http/time-range.js";
import { firstOf } from "../request-params.js";
import type { Params } from "../request-params.js";

/** The series of a list: its name in `stats`, its buckets. */
export interface SeriesWindow {
  readonly name: string;
  /** Milliseconds since 1970; whole buckets. */
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

/** What a request says about time. */
export interface Period {
  /** Issues seen outside are left out, and figures count inside; null for all time. */
  readonly range: TimeRange | null;
  /** Null when no series is wanted. */
  readonly series: SeriesWindow | null;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const maxPoints = 48;
const bucketSizesMs = [1, 3, 6, 12, 24, 48, 7 * 24, 28 * 24].map((hours) => hours * hourMs);

/** Reads `statsPeriod`, `start`, `end` and `groupStatsPeriod` (web API sheet 7.1). @throws AppError invalid */
export function readPeriod(params: Params, now: number): Period {
  const asked = firstOf(params, "statsPeriod");
  const hasRange = Boolean(asked) || (params["start"] !== undefined && params["end"] !== undefined);
  const range = hasRange ? readTimeRange(params, { now, fallback: "24h" }) : null;
  if (range && range.from >= range.to) throw new AppError("invalid", "The period must end after its start.");
  const name = firstOf(params, "groupStatsPeriod") ?? asked ?? (hasRange ? "auto" : "24h");
  if (name === "") return { range, series: null };
  const span = parseDuration(name);
  if (span !== null) return { range, series: seriesWindow(name, { from: now - span, to: now }) };
  return { range, series: seriesWindow(name, range ?? { from: now - dayMs, to: now }) };
}

/** At most 48 buckets of whole hours that cover the range. */
export function seriesWindow(name: string, range: TimeRange): SeriesWindow {
  const span = range.to - range.from;
  const bucketMs =
    bucketSizesMs.find((size) => span / size <= maxPoints) ?? Math.ceil(span / maxPoints / dayMs) * dayMs;
  const to = Math.ceil(range.to / bucketMs) * bucketMs;
  const count = Math.max(1, Math.min(maxPoints, Math.ceil(span / bucketMs)));
  return { name, from: to - count * bucketMs, to, bucketMs };
}

/** `[[epochSeconds, count], …]` with a point for every bucket, also for the empty ones. */
export function pointsOf(
  window: SeriesWindow,
  counts: ReadonlyMap<number, number>,
): readonly (readonly [number, number])[] {
  const points: [number, number][] = [];
  for (let at = window.from; at < window.to; at += window.bucketMs)
    points.push([at / 1_000, counts.get(at) ?? 0]);
  return points;
}
