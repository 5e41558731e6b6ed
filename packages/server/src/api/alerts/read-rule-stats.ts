import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { TimeRange } from "../http/time-range.js";
import { countOf } from "./history-json.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** History is kept 90 days; a longer question has no more to find. */
const longestMs = 100 * dayMs;
/** A throttled row stands for a whole interval, so more than this in a page's chart tells nothing new. */
const maxRows = 50_000;

/**
 * Firings and held-back firings of a rule, in hours up to two days, beyond in days (UTC).
 *
 * @returns `[epoch seconds, fired, throttled]`, the empty ones too, oldest first
 */
export async function readRuleStats(
  meta: Meta,
  ruleId: number,
  { from, to }: TimeRange,
): Promise<readonly (readonly [number, number, number])[]> {
  if (to - from > longestMs) throw new AppError("invalid", "Choose a statsPeriod of at most 100 days.");
  const stepMs = to - from <= 2 * dayMs ? hourMs : dayMs;
  const start = Math.floor(from / stepMs) * stepMs;
  const rows = await meta
    .selectFrom("rule_history")
    .select(["at", "outcome", "data"])
    .where("rule_id", "=", ruleId)
    .where("at", ">=", start)
    .where("at", "<", to)
    .where("outcome", "in", ["fired", "throttled"])
    .orderBy("at", "desc")
    .limit(maxRows)
    .execute();
  const buckets = Array.from({ length: Math.ceil((to - start) / stepMs) }, () => ({
    fired: 0,
    throttled: 0,
  }));
  for (const { at, outcome, data } of rows) {
    const bucket = buckets[Math.floor((at - start) / stepMs)];
    if (!bucket) continue;
    if (outcome === "fired") bucket.fired++;
    else bucket.throttled += countOf(data).count ?? 1;
  }
  return buckets.map(({ fired, throttled }, index) => [(start + index * stepMs) / 1_000, fired, throttled]);
}
