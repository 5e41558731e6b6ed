import type { ActionContext } from "./action-context.js";
import { isRowOf, issueIdOf } from "./hash-sql.js";
import { hashesByIssue } from "./hashes-by-issue.js";

/** Distinct users of each issue over everything that is kept; issues without users are absent or 0. */
export async function countUsers(
  { meta, events }: Pick<ActionContext, "meta" | "events">,
  issueIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const hashes = await hashesByIssue(meta, issueIds);
  if (hashes.length === 0) return new Map();
  const rows = await events.query<{ issue: number; n: number }>(
    `SELECT ${issueIdOf(hashes)} AS issue, toUInt32(uniqCombined64Merge(12)(users)) AS n
     FROM event_counts WHERE ${isRowOf(hashes)} GROUP BY issue`,
  );
  return new Map(rows.map(({ issue, n }) => [issue, n]));
}
