import type { EventParams } from "../../store/events/port.js";
import type { EventStore } from "../../store/port.js";
import { pagesOfHashes } from "./issue-hashes.js";
import type { IssueHashes } from "./issue-hashes.js";

/** A count that takes longer holds up every alert; the stage then goes on without counting for a while. */
const countTimeoutMs = 5_000;

/** A stretch of time and the environments counted in it. */
export interface CountWindow {
  /** Milliseconds since 1970, inclusive. */
  readonly from: number;
  /** Milliseconds since 1970, exclusive; null counts everything since `from`. */
  readonly to: number | null;
  /** Null means every environment. */
  readonly environments: readonly string[] | null;
  readonly measure: "events" | "users";
}

/**
 * Counts events, or distinct users, of many issues in one window: one query per project.
 *
 * The time of an event is the event's own, corrected for clock drift, as on the pages.
 *
 * @returns by issue id; issues without events are absent
 * @throws EventStoreError
 */
export async function countWindow(
  events: EventStore,
  issues: Iterable<IssueHashes>,
  { from, to, environments, measure }: CountWindow,
): Promise<ReadonlyMap<number, number>> {
  // A hash belongs to one issue, so users of issues with several hashes are still counted once: the engine groups by issue.
  const what = measure === "events" ? "count()" : "uniqExactIf(user_key, user_key != '')";
  const conditions = [
    "project_id = {project:UInt64}",
    "primary_hash IN {hashes:Array(String)}",
    "timestamp >= fromUnixTimestamp64Milli({from:Int64})",
    ...(to === null ? [] : ["timestamp < fromUnixTimestamp64Milli({to:Int64})"]),
    ...(environments === null ? [] : ["environment IN {environments:Array(String)}"]),
  ];
  const sql = `SELECT ${issueOfHash} AS issue, toUInt32(${what}) AS n
     FROM events WHERE ${conditions.join(" AND ")} GROUP BY issue`;
  const params = { from: Math.round(from), to: Math.round(to ?? 0), environments: environments ?? [] };
  return countByIssue(events, issues, { sql, params });
}

/**
 * Distinct users over the issues' lives, from the hourly figures: exact for small numbers, within 2 % beyond.
 *
 * @returns by issue id; issues without events are absent
 * @throws EventStoreError
 */
export async function countUsers(
  events: EventStore,
  issues: Iterable<IssueHashes>,
): Promise<ReadonlyMap<number, number>> {
  const sql = `SELECT ${issueOfHash} AS issue, toUInt32(uniqCombined64Merge(12)(users)) AS n
     FROM event_counts
     WHERE project_id = {project:UInt64} AND primary_hash IN {hashes:Array(String)} GROUP BY issue`;
  return countByIssue(events, issues, { sql, params: {} });
}

/** The issue of a row, by the hashes and issues of the page. */
const issueOfHash = "transform(primary_hash, {hashes:Array(String)}, {issues:Array(UInt64)}, toUInt64(0))";

async function countByIssue(
  events: EventStore,
  issues: Iterable<IssueHashes>,
  { sql, params }: { sql: string; params: EventParams },
): Promise<ReadonlyMap<number, number>> {
  const pages = pagesOfHashes(issues).map(({ projectId, hashes, issues: ids }) =>
    events.query<{ issue: number; n: number }>(
      sql,
      { ...params, project: projectId, hashes, issues: ids },
      { timeoutMs: countTimeoutMs },
    ),
  );
  const counts = new Map<number, number>();
  // An issue with more hashes than a page holds comes several times; its users may then be counted more than once.
  for (const { issue, n } of (await Promise.all(pages)).flat()) {
    counts.set(issue, (counts.get(issue) ?? 0) + n);
  }
  return counts;
}
