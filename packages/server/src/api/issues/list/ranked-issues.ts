import type { EventStore, Meta } from "../../../store/port.js";
import { all } from "../search/issue-conditions.js";
import { EventSql } from "../search/event-conditions.js";
import { scopeConditions } from "./list-request.js";
import type { IssueListRequest } from "./list-request.js";

/** More groups than this are not looked at; they are the least of the order asked for. */
const maxHashes = 20_000;
/** Bound values of one statement: well below SQLite's 32,766. */
const hashesPerStatement = 1_000;

interface HashRank {
  readonly project: number;
  readonly hash: string;
  readonly events: number;
  readonly users: number;
}

interface Candidate {
  readonly id: number;
  readonly lastSeen: number;
  readonly firstSeen: number;
  events: number;
  users: number;
}

/**
 * Ids of the issues that meet event conditions, or have events in the period, in order. Users of an issue with several
 * hashes are added up, so one person may count twice in the order (not in the figure shown).
 */
export async function rankIssues(
  { meta, events }: { readonly meta: Meta; readonly events: EventStore },
  request: IssueListRequest,
): Promise<readonly number[]> {
  const hashes = request.plan.addEventConditions
    ? await hashesOfEvents(events, request)
    : await hashesOfPeriod(events, request);
  const candidates = await candidatesOf(meta, request, hashes);
  const orders: Record<IssueListRequest["sort"], (candidate: Candidate) => number> = {
    date: (one) => one.lastSeen,
    new: (one) => one.firstSeen,
    freq: (one) => one.events,
    user: (one) => one.users,
  };
  const valueOf = orders[request.sort];
  return candidates.toSorted((a, b) => valueOf(b) - valueOf(a) || b.id - a.id).map(({ id }) => id);
}

function hashesOfEvents(events: EventStore, request: IssueListRequest): Promise<HashRank[]> {
  const statement = new EventSql();
  statement.add(`project_id IN ${statement.value(request.projectIds, "Array(UInt64)")}`);
  addPeriod(statement, request, "timestamp");
  request.plan.addEventConditions?.(statement);
  const order = { date: "max(timestamp)", new: "max(timestamp)", freq: "events", user: "users" }[
    request.sort
  ];
  return events.query<HashRank>(
    `SELECT toUInt32(project_id) AS project, primary_hash AS hash, toUInt32(count()) AS events,
       toUInt32(uniqIf(user_key, user_key != '')) AS users
     FROM events WHERE ${statement.where()}
     GROUP BY project_id, primary_hash ORDER BY ${order} DESC LIMIT ${maxHashes}`,
    statement.params,
  );
}

function hashesOfPeriod(events: EventStore, request: IssueListRequest): Promise<HashRank[]> {
  const statement = new EventSql();
  statement.add(`project_id IN ${statement.value(request.projectIds, "Array(UInt64)")}`);
  addPeriod(statement, request, "hour");
  const users = request.sort === "user" ? "toUInt32(uniqCombined64Merge(12)(c.users))" : "0";
  return events.query<HashRank>(
    `SELECT toUInt32(project_id) AS project, primary_hash AS hash, toUInt32(sum(c.events)) AS events,
       ${users} AS users
     FROM event_counts AS c WHERE ${statement.where()}
     GROUP BY project_id, primary_hash ORDER BY ${request.sort === "user" ? "users" : "events"} DESC
     LIMIT ${maxHashes}`,
    statement.params,
  );
}

/** Adds period and environments; `event_counts` knows whole hours only. */
function addPeriod(statement: EventSql, request: IssueListRequest, column: "timestamp" | "hour"): void {
  const { range, environments } = request;
  if (range) {
    const from = column === "hour" ? Math.floor(range.from / 3_600_000) * 3_600_000 : range.from;
    statement.add(`${column} >= ${instant(statement, from)}`);
    statement.add(`${column} < ${instant(statement, range.to)}`);
  }
  if (environments.length > 0) {
    statement.add(`environment IN ${statement.value(environments, "Array(String)")}`);
  }
}

function instant(statement: EventSql, ms: number): string {
  return `fromUnixTimestamp64Milli(${statement.value(Math.round(ms), "Int64")})`;
}

async function candidatesOf(
  meta: Meta,
  request: IssueListRequest,
  hashes: readonly HashRank[],
): Promise<readonly Candidate[]> {
  const candidates = new Map<number, Candidate>();
  const condition = all(scopeConditions(request));
  for (const project of new Set(hashes.map((rank) => rank.project))) {
    const ranks = hashes.filter((rank) => rank.project === project);
    for (let start = 0; start < ranks.length; start += hashesPerStatement) {
      const some = new Map(ranks.slice(start, start + hashesPerStatement).map((rank) => [rank.hash, rank]));
      const rows = await meta
        .selectFrom("issue_hash")
        .innerJoin("issue", "issue.id", "issue_hash.issue_id")
        .select(["issue_hash.hash", "issue.id", "issue.last_seen", "issue.first_seen"])
        .where("issue_hash.project_id", "=", project)
        .where("issue_hash.hash", "in", [...some.keys()])
        .where(condition)
        .execute();
      for (const row of rows) {
        const known = candidates.get(row.id) ?? {
          id: row.id,
          lastSeen: row.last_seen,
          firstSeen: row.first_seen,
          events: 0,
          users: 0,
        };
        known.events += some.get(row.hash)?.events ?? 0;
        known.users += some.get(row.hash)?.users ?? 0;
        candidates.set(row.id, known);
      }
    }
  }
  return [...candidates.values()];
}
