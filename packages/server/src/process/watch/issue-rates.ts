import type { EventStore } from "../../store/port.js";

const hourMs = 3_600_000;
/** Hashes in one query; an issue with more is counted in several, and their counts are added. */
const hashesPerQuery = 500;

/** An issue as the event store knows it, and from when on its events are of interest. */
export interface WatchedIssue {
  readonly issueId: number;
  readonly projectId: number;
  readonly hashes: readonly string[];
  /** Milliseconds since 1970, inclusive. */
  readonly sinceMs: number;
}

/** By issue id; issues without events are absent. */
export type Counts = ReadonlyMap<number, number>;

/** The issue of a row, by the hashes and issues of the page. */
const issueOfHash = "transform(primary_hash, {hashes:Array(String)}, {issues:Array(UInt64)}, toUInt64(0))";
const ofPage = "project_id = {project:UInt64} AND primary_hash IN {hashes:Array(String)}";

/** Counts each issue's events, or its distinct users, since its own moment; one query for hundreds of issues. */
export async function countSince(
  events: EventStore,
  issues: readonly WatchedIssue[],
  measure: "events" | "users",
): Promise<Counts> {
  const what = measure === "events" ? "count()" : "uniqExactIf(user_key, user_key != '')";
  return countByIssue(
    events,
    issues,
    `SELECT ${issueOfHash} AS issue, toUInt32(${what}) AS n FROM events
     WHERE ${ofPage} AND timestamp >= fromUnixTimestamp64Milli({from:Int64})
       AND toUnixTimestamp64Milli(timestamp)
         >= transform(primary_hash, {hashes:Array(String)}, {sinces:Array(Int64)}, toInt64(0))
     GROUP BY issue`,
  );
}

/** Events of each issue in its busiest full hour of the week before the running hour. */
export async function busiestHours(
  events: EventStore,
  issues: readonly Omit<WatchedIssue, "sinceMs">[],
  now: number,
): Promise<Counts> {
  const endMs = now - (now % hourMs);
  const sinceMs = now - 7 * 24 * hourMs;
  return countByIssue(
    events,
    issues.map((issue) => ({ ...issue, sinceMs })),
    `SELECT issue, toUInt32(max(hourly)) AS n FROM (
       SELECT ${issueOfHash} AS issue, hour, sum(c.events) AS hourly FROM event_counts AS c
       WHERE ${ofPage} AND hour >= fromUnixTimestamp64Milli({from:Int64})
         AND hour < fromUnixTimestamp64Milli(toInt64(${endMs}))
       GROUP BY issue, hour
     ) GROUP BY issue`,
  );
}

async function countByIssue(
  events: EventStore,
  issues: readonly WatchedIssue[],
  sql: string,
): Promise<Counts> {
  const counts = new Map<number, number>();
  for (const { project, members } of pagesOf(issues)) {
    const rows = await events.query<{ issue: number; n: number }>(sql, {
      project,
      hashes: members.map(({ hash }) => hash),
      issues: members.map(({ issueId }) => issueId),
      sinces: members.map(({ sinceMs }) => sinceMs),
      from: Math.min(...members.map(({ sinceMs }) => sinceMs)),
    });
    for (const { issue, n } of rows) counts.set(issue, (counts.get(issue) ?? 0) + n);
  }
  return counts;
}

interface Member {
  readonly hash: string;
  readonly issueId: number;
  readonly sinceMs: number;
}

function pagesOf(
  issues: readonly WatchedIssue[],
): readonly { project: number; members: readonly Member[] }[] {
  const byProject = new Map<number, Member[]>();
  for (const { issueId, projectId, hashes, sinceMs } of issues) {
    const members = byProject.get(projectId) ?? [];
    for (const hash of hashes) members.push({ hash, issueId, sinceMs: Math.round(sinceMs) });
    byProject.set(projectId, members);
  }
  const pages = [];
  for (const [project, members] of byProject) {
    for (let start = 0; start < members.length; start += hashesPerQuery) {
      pages.push({ project, members: members.slice(start, start + hashesPerQuery) });
    }
  }
  return pages;
}
