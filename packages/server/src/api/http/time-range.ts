import { AppError } from "../../shared/app-error.js";
import { parseDuration } from "../../domain/duration.js";

/** Milliseconds since 1970, from inclusive, to exclusive. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads `statsPeriod` (`24h`, `14d`), which overrides `start` and `end` (ISO 8601, UTC when without offset).
 *
 * @throws AppError invalid
 */
export function readTimeRange(
  query: Readonly<Record<string, unknown>>,
  { now, fallback }: { now: number; fallback: string },
): TimeRange {
  const { statsPeriod, start, end } = query;
  if (typeof statsPeriod !== "string" && typeof start === "string" && typeof end === "string") {
    return { from: readInstant(start), to: readInstant(end) };
  }
  const period = parseDuration(typeof statsPeriod === "string" && statsPeriod ? statsPeriod : fallback);
  if (period === null)
    throw new AppError("invalid", "Invalid statsPeriod. Valid values look like 24h or 14d.");
  return { from: now - period, to: now };
}

function readInstant(text: string): number {
  const withZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const ms = Date.parse(withZone);
  if (Number.isNaN(ms)) throw new AppError("invalid", `Invalid date: ${text.slice(0, 40)}`);
  return ms;
}
