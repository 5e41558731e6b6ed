import type { EventStore } from "../../store/port.js";

const hourMs = 3_600_000;

/** An issue's grouping hashes within its project. */
export interface HashSet {
  readonly projectId: number;
  readonly hashes: readonly string[];
}

/** Events of the issue in the time before now. */
export async function eventsSince(events: EventStore, issue: HashSet, sinceMs: number): Promise<number> {
  const rows = await events.query<{ n: number }>(
    `SELECT toUInt32(count()) AS n FROM events
     WHERE project_id = {project:UInt64} AND primary_hash IN {hashes:Array(String)}
       AND timestamp >= fromUnixTimestamp64Milli({since:Int64})`,
    { project: issue.projectId, hashes: issue.hashes, since: Math.round(sinceMs) },
  );
  return rows[0]?.n ?? 0;
}

/** Distinct users of the issue in the time before now. */
export async function usersSince(events: EventStore, issue: HashSet, sinceMs: number): Promise<number> {
  const rows = await events.query<{ n: number }>(
    `SELECT toUInt32(uniqExactIf(user_key, user_key != '')) AS n FROM events
     WHERE project_id = {project:UInt64} AND primary_hash IN {hashes:Array(String)}
       AND timestamp >= fromUnixTimestamp64Milli({since:Int64})`,
    { project: issue.projectId, hashes: issue.hashes, since: Math.round(sinceMs) },
  );
  return rows[0]?.n ?? 0;
}

/** Events in each full hour of the week before the running hour; hours without events are absent. */
export async function hourlyCounts(
  events: EventStore,
  issue: HashSet,
  now: number,
): Promise<readonly number[]> {
  const rows = await events.query<{ n: number }>(
    `SELECT toUInt32(sum(events)) AS n FROM event_counts
     WHERE project_id = {project:UInt64} AND primary_hash IN {hashes:Array(String)}
       AND hour >= fromUnixTimestamp({from:UInt32}) AND hour < fromUnixTimestamp({to:UInt32})
     GROUP BY hour`,
    {
      project: issue.projectId,
      hashes: issue.hashes,
      from: Math.floor((now - 7 * 24 * hourMs) / 1_000),
      to: Math.floor((now - (now % hourMs)) / 1_000),
    },
  );
  return rows.map((row) => row.n);
}
