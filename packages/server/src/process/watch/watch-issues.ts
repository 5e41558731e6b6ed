import type { ExpressionBuilder } from "kysely";
import { escalationThreshold } from "../../domain/escalation.js";
import { aged, conditionMet, escalated, newForMs } from "../../domain/issue-state.js";
import type { IssueState, Transition } from "../../domain/issue-state.js";
import type { ChangeData } from "../../domain/change.js";
import type { MetaSchema } from "../../store/meta/schema.js";
import type { EventStore, Meta } from "../../store/port.js";
import { chunks, groupBy } from "../commit/chunks.js";
import type { IssueRow } from "../commit/issue-batch.js";
import { stateColumns, stateOf } from "../commit/update-issues.js";
import { busiestHours, countSince } from "./issue-rates.js";
import type { Counts, WatchedIssue } from "./issue-rates.js";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface WatchPorts {
  readonly meta: Meta;
  readonly events: EventStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Measures what a batch alone cannot tell: whether issues that were just seen escalate, and whether the conditions
 * of archived ones (events or users within a window) are met. Run every few seconds over the issues touched since.
 *
 * @returns how many issues changed their state
 */
export async function watchIssues(ports: WatchPorts, issueIds: Iterable<number>): Promise<number> {
  let changed = 0;
  for (const some of chunks([...new Set(issueIds)])) {
    const at = ports.now();
    const rows = await ports.meta.selectFrom("issue").selectAll().where("id", "in", some).execute();
    const issues = rows.filter((issue) => isWatched(issue, at));
    const candidates = await candidatesOf(ports.meta, issues);
    const until = (one: Candidate) => one.state.substatus === "archived_until_condition_met";
    const due = [
      ...(await withConditionMet(
        ports.events,
        candidates.filter((one) => until(one)),
        at,
      )),
      ...(await escalating(
        ports.events,
        candidates.filter((one) => !until(one)),
        at,
      )),
    ];
    for (const { issue, transition } of due) if (await apply(ports, issue, transition)) changed++;
  }
  return changed;
}

/** An issue to be measured. */
interface Candidate {
  readonly issue: IssueRow;
  readonly state: IssueState;
  readonly hashes: readonly string[];
}

interface Due {
  readonly issue: IssueRow;
  readonly transition: Transition;
}

function isWatched(issue: IssueRow, now: number): boolean {
  if (issue.status === "archived") return issue.substatus !== "archived_forever";
  const isOld = now - issue.first_seen >= newForMs;
  return issue.status === "unresolved" && issue.substatus === "ongoing" && isOld;
}

async function candidatesOf(meta: Meta, issues: readonly IssueRow[]): Promise<readonly Candidate[]> {
  if (issues.length === 0) return [];
  const rows = await meta
    .selectFrom("issue_hash")
    .select(["issue_id", "hash"])
    .where(
      "issue_id",
      "in",
      issues.map(({ id }) => id),
    )
    .execute();
  const groups = groupBy(rows, (row) => row.issue_id);
  return issues.map((issue) => ({
    issue,
    state: stateOf(issue),
    hashes: (groups.get(issue.id) ?? []).map(({ hash }) => hash),
  }));
}

function watched({ issue, hashes }: Candidate, sinceMs: number): WatchedIssue {
  return { issueId: issue.id, projectId: issue.project_id, hashes, sinceMs };
}

/** What passes its escalation threshold within an hour. Measured together: there may be thousands every few seconds. */
async function escalating(
  events: EventStore,
  candidates: readonly Candidate[],
  now: number,
): Promise<readonly Due[]> {
  // An archived issue starts from zero: what came before it was archived is no news.
  const since = ({ state }: Candidate) =>
    state.status === "archived" ? Math.max(now - hourMs, state.statusAt) : now - hourMs;
  const counts = await countSince(
    events,
    candidates.map((one) => watched(one, since(one))),
    "events",
  );
  const quietest = escalationThreshold([]);
  const busy = candidates.filter(
    ({ issue, state }) =>
      (counts.get(issue.id) ?? 0) > Math.min(quietest, state.details.escalatesAbovePerHour ?? quietest),
  );
  const busiest = await busiestHours(
    events,
    busy.map((one) => watched(one, 0)),
    now,
  );
  return busy.flatMap(({ issue, state }) => {
    const usual = escalationThreshold([busiest.get(issue.id) ?? 0]);
    const threshold = state.details.escalatesAbovePerHour ?? usual;
    const transition = (counts.get(issue.id) ?? 0) > threshold ? escalated(state, now) : null;
    return transition ? [{ issue, transition }] : [];
  });
}

/** Archives that end by a number of events or users within a time. */
async function withConditionMet(
  events: EventStore,
  candidates: readonly Candidate[],
  now: number,
): Promise<readonly Due[]> {
  const since = ({ state }: Candidate, windowMinutes: number | undefined) =>
    windowMinutes === undefined ? state.statusAt : Math.max(state.statusAt, now - windowMinutes * minuteMs);
  const byEvents = candidates.filter(
    ({ state: { details } }) => details.ignoreCount !== undefined && details.ignoreWindow !== undefined,
  );
  const byUsers = candidates.filter(({ state: { details } }) => details.ignoreUserCount !== undefined);
  const eventCounts = await countSince(
    events,
    byEvents.map((one) => watched(one, since(one, one.state.details.ignoreWindow))),
    "events",
  );
  const userCounts = await countSince(
    events,
    byUsers.map((one) => watched(one, since(one, one.state.details.ignoreUserWindow))),
    "users",
  );
  const isMet = (counts: Counts, issue: IssueRow, limit: number | undefined) =>
    limit !== undefined && (counts.get(issue.id) ?? 0) >= limit;
  const met = [
    ...byEvents.filter(({ issue, state }) => isMet(eventCounts, issue, state.details.ignoreCount)),
    ...byUsers.filter(({ issue, state }) => isMet(userCounts, issue, state.details.ignoreUserCount)),
  ];
  return [...new Set(met)].flatMap(({ issue, state }) => {
    const transition = conditionMet(state, now);
    return transition ? [{ issue, transition }] : [];
  });
}

/** Only the issue whose state and priority nobody has changed since it was read. */
function asItWas(issue: IssueRow) {
  return (eb: ExpressionBuilder<MetaSchema, "issue">) =>
    eb.and([
      eb("id", "=", issue.id),
      eb("status", "=", issue.status),
      eb("status_at", "=", issue.status_at),
      eb("priority", "=", issue.priority),
      eb("priority_locked_at", issue.priority_locked_at === null ? "is" : "=", issue.priority_locked_at),
    ]);
}

/** Writes the new state and tells the change log, unless somebody changed the issue in between. */
async function apply(
  { meta, now }: Pick<WatchPorts, "meta" | "now">,
  issue: IssueRow,
  transition: Transition,
): Promise<boolean> {
  return meta.transaction().execute(async (trx) => {
    const result = await trx
      .updateTable("issue")
      .set(stateColumns(transition.state))
      .where(asItWas(issue))
      .executeTakeFirst();
    if (result.numUpdatedRows !== 1n) return false;
    const cameBack = issue.status === "archived" && transition.change === "escalating";
    // Without events, as after a person's action: alert looks for the newest where a rule asks about them.
    const data: ChangeData = { count: 0, events: [] };
    const kinds = cameBack ? (["escalating", "reappeared"] as const) : [transition.change];
    for (const kind of kinds) {
      await trx
        .insertInto("change")
        .values({
          at: now(),
          project_id: issue.project_id,
          issue_id: issue.id,
          kind,
          data: JSON.stringify(data),
        })
        .execute();
    }
    await trx
      .insertInto("issue_activity")
      .values({
        issue_id: issue.id,
        kind: transition.change === "escalating" ? "set_escalating" : "set_unresolved",
        user_id: null,
        at: now(),
        data: JSON.stringify({ reason: transition.change }),
      })
      .execute();
    return true;
  });
}

/** Makes new, regressed and escalating issues ongoing after a week. @returns how many */
export async function ageIssues({ meta, now }: Pick<WatchPorts, "meta" | "now">): Promise<number> {
  const issues = await meta
    .selectFrom("issue")
    .selectAll()
    .where("status", "=", "unresolved")
    .where("substatus", "in", ["new", "regressed", "escalating"])
    .where("status_at", "<=", now() - newForMs)
    .limit(1_000)
    .execute();
  let count = 0;
  for (const issue of issues) {
    const state = aged(stateOf(issue), now());
    if (!state) continue;
    // status_at stays: it is the time of the change a person would look for.
    const { status_at: _kept, ...columns } = stateColumns(state);
    await meta.updateTable("issue").set(columns).where(asItWas(issue)).execute();
    count++;
  }
  return count;
}

/** Ends archives whose time is over, also of issues that are not seen again. @returns how many */
export async function endTimedArchives({ meta, now }: Pick<WatchPorts, "meta" | "now">): Promise<number> {
  const issues = await meta
    .selectFrom("issue")
    .selectAll()
    .where("status", "=", "archived")
    .where("substatus", "=", "archived_until_condition_met")
    .where("status_details", "like", '%"ignoreUntil"%')
    .limit(5_000)
    .execute();
  let count = 0;
  for (const issue of issues) {
    const until = stateOf(issue).details.ignoreUntil;
    if (until === undefined || until > now()) continue;
    const transition = conditionMet(stateOf(issue), now());
    if (transition && (await apply({ meta, now }, issue, transition))) count++;
  }
  return count;
}
