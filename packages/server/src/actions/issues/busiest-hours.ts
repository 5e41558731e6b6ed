import type { ActionContext } from "./action-context.js";
import { isRowOf, issueIdOf } from "./hash-sql.js";
import { hashesByIssue } from "./hashes-by-issue.js";

const hourMs = 3_600_000;
const hoursOfWeek = 7 * 24;

/** Events in the busiest full hour of the past week, by issue; issues without events are absent. */
export async function busiestHours(
  { meta, events }: Pick<ActionContext, "meta" | "events">,
  issueIds: readonly number[],
  now: number,
): Promise<ReadonlyMap<number, number>> {
  const hashes = await hashesByIssue(meta, issueIds);
  if (hashes.length === 0) return new Map();
  const thisHour = Math.floor(now / hourMs) * hourMs;
  const rows = await events.query<{ issue: number; n: number }>(
    `SELECT toUInt32(issue) AS issue, toUInt32(max(in_hour)) AS n FROM (
       SELECT ${issueIdOf(hashes)} AS issue, hour, sum(events) AS in_hour FROM event_counts
       WHERE ${isRowOf(hashes)}
         AND hour >= fromUnixTimestamp({from:UInt32}) AND hour < fromUnixTimestamp({to:UInt32})
       GROUP BY issue, hour
     ) GROUP BY issue`,
    { from: (thisHour - hoursOfWeek * hourMs) / 1_000, to: thisHour / 1_000 },
  );
  return new Map(rows.map(({ issue, n }) => [issue, n]));
}
