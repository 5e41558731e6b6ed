import { escalationThreshold } from "../../domain/escalation.js";
import { aged, conditionMet, escalated, newForMs } from "../../domain/issue-state.js";
import type { IssueState, Transition } from "../../domain/issue-state.js";
import type { ChangeData } from "../../domain/change.js";
import type { EventStore, Meta } from "../../store/port.js";
import { chunks, groupBy } from "../commit/chunks.js";
import type { IssueRow } from "../commit/issue-batch.js";
import { stateColumns, stateOf } from "../commit/update-issues.js";
import { eventsSince, hourlyCounts, usersSince } from "./issue-rates.js";
import type { HashSet } from "./issue-rates.js";

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
    const issues = await ports.meta.selectFrom("issue").selectAll().where("id", "in", some).execute();
    const candidates = issues.filter((issue) => isWatched(issue, ports.now()));
    const hashes = await hashesOf(ports.meta, candidates);
    for (const issue of candidates) {
      const transition = await measure(ports, issue, {
        projectId: issue.project_id,
        hashes: hashes.get(issue.id) ?? [],
      });
      if (transition && (await apply(ports, issue, transition))) changed++;
    }
  }
  return changed;
}

function isWatched(issue: IssueRow, now: number): boolean {
  if (issue.status === "archived") return issue.substatus !== "archived_forever";
  const isOld = now - issue.first_seen >= newForMs;
  return issue.status === "unresolved" && issue.substatus === "ongoing" && isOld;
}

async function hashesOf(meta: Meta, issues: readonly IssueRow[]): Promise<ReadonlyMap<number, string[]>> {
  if (issues.length === 0) return new Map();
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
  return new Map([...groups].map(([id, ofIssue]) => [id, ofIssue.map((row) => row.hash)]));
}

async function measure(
  { events, now }: WatchPorts,
  issue: IssueRow,
  hashes: HashSet,
): Promise<Transition | null> {
  const state = stateOf(issue);
  const at = now();
  if (state.substatus === "archived_until_condition_met") {
    return (await isConditionMet(events, { state, hashes, now: at })) ? conditionMet(state, at) : null;
  }
  const threshold =
    state.details.escalatesAbovePerHour ?? escalationThreshold(await hourlyCounts(events, hashes, at));
  // An archived issue starts from zero: what came before it was archived is no news.
  const since = state.status === "archived" ? Math.max(at - hourMs, state.statusAt) : at - hourMs;
  return (await eventsSince(events, hashes, since)) > threshold ? escalated(state, at) : null;
}

async function isConditionMet(
  events: EventStore,
  { state, hashes, now }: { state: IssueState; hashes: HashSet; now: number },
): Promise<boolean> {
  const { ignoreCount, ignoreWindow, ignoreUserCount, ignoreUserWindow } = state.details;
  const since = (windowMinutes: number | undefined) =>
    windowMinutes === undefined ? state.statusAt : Math.max(state.statusAt, now - windowMinutes * minuteMs);
  if (ignoreCount !== undefined && ignoreWindow !== undefined) {
    if ((await eventsSince(events, hashes, since(ignoreWindow))) >= ignoreCount) return true;
  }
  if (ignoreUserCount === undefined) return false;
  return (await usersSince(events, hashes, since(ignoreUserWindow))) >= ignoreUserCount;
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
      .where("id", "=", issue.id)
      .where("status", "=", issue.status)
      .where("status_at", "=", issue.status_at)
      .executeTakeFirst();
    if (result.numUpdatedRows !== 1n) return false;
    const cameBack = issue.status === "archived" && transition.change === "escalating";
    const data: ChangeData = { count: 0, events: await lastFacts(trx, issue.id) };
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

/** Facts of the issue's newest events, as the change log still has them: filters need an event to ask about. */
async function lastFacts(trx: Meta, issueId: number): Promise<ChangeData["events"]> {
  const row = await trx
    .selectFrom("change")
    .select("data")
    .where("issue_id", "=", issueId)
    .where("kind", "=", "seen")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? (JSON.parse(row.data) as ChangeData).events : [];
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
    await meta
      .updateTable("issue")
      .set(columns)
      .where("id", "=", issue.id)
      .where("status_at", "=", issue.status_at)
      .execute();
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
