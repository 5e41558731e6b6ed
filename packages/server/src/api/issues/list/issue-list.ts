import type { Meta } from "../../../store/port.js";
import type { IssueRow } from "../../../actions/issues/issue-row.js";
import { all } from "../search/issue-conditions.js";
import type { EventStore } from "../../../store/port.js";
import { scopeConditions } from "./list-request.js";
import type { IssueListRequest } from "./list-request.js";
import { rankIssues } from "./ranked-issues.js";

export interface IssueList {
  readonly issues: readonly IssueRow[];
  /** How many there are altogether. */
  readonly hits: number;
}

/**
 * One page of issues.
 *
 * Without event terms the list comes from the issue rows alone: the index (project, status, last seen) gives it in
 * order. Event terms, and the orders by events or users of a period, ask the event store first.
 */
export async function listIssues(
  ports: { readonly meta: Meta; readonly events: EventStore },
  request: IssueListRequest,
): Promise<IssueList> {
  if (request.projectIds.length === 0) return { issues: [], hits: 0 };
  const isLimitedInTime = request.range !== null || request.environments.length > 0;
  const countsInPeriod = request.sort === "user" || (request.sort === "freq" && isLimitedInTime);
  if (request.plan.addEventConditions || countsInPeriod) {
    const ranked = await rankIssues(ports, request);
    const page = ranked.slice(request.offset, request.offset + request.limit);
    return { issues: await issuesInOrder(ports.meta, page), hits: ranked.length };
  }
  return listFromRows(ports.meta, request);
}

async function listFromRows(meta: Meta, request: IssueListRequest): Promise<IssueList> {
  const condition = all(scopeConditions(request));
  const column = { date: "last_seen", new: "first_seen", freq: "times_seen", user: "last_seen" } as const;
  const page = meta
    .selectFrom("issue")
    .selectAll()
    .where(condition)
    .orderBy(column[request.sort], "desc")
    .orderBy("id", "desc")
    .limit(request.limit)
    .offset(request.offset)
    .execute();
  const counted = meta
    .selectFrom("issue")
    .select((eb) => eb.fn.countAll<number>().as("hits"))
    .where(condition)
    .executeTakeFirstOrThrow();
  const [issues, { hits }] = await Promise.all([page, counted]);
  return { issues, hits };
}

async function issuesInOrder(meta: Meta, ids: readonly number[]): Promise<readonly IssueRow[]> {
  if (ids.length === 0) return [];
  const rows = await meta.selectFrom("issue").selectAll().where("id", "in", ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
