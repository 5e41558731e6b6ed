import { transitionOnSighting } from "../../domain/issue-state.js";
import type { IssueState, ReleaseOrder, Transition } from "../../domain/issue-state.js";
import type { IssueSubstatus, StatusDetails } from "../../domain/issue.js";
import type { Meta } from "../../store/port.js";
import { chunks } from "./chunks.js";
import type { IssueBatch, IssueRow } from "./issue-batch.js";

/** What the batch did to one issue, for the change log. */
export interface IssueUpdate {
  readonly batch: IssueBatch;
  readonly transition: Transition | null;
  /** Environments the issue had never been seen in. */
  readonly newInEnvironments: readonly string[];
}

/** The state machine's view of a row. */
export function stateOf(issue: IssueRow): IssueState {
  return {
    status: issue.status,
    substatus: issue.substatus as IssueSubstatus | null,
    details: JSON.parse(issue.status_details) as StatusDetails,
    statusAt: issue.status_at,
    priority: issue.priority,
    priorityLocked: issue.priority_locked_at !== null,
    level: issue.level,
  };
}

/** The columns a new state sets. */
export function stateColumns(state: IssueState) {
  return {
    status: state.status,
    substatus: state.substatus,
    status_details: JSON.stringify(state.details),
    status_at: state.statusAt,
    priority: state.priority,
  };
}

/** Counts the batch in its issues, moves their states on, and keeps figures per environment and release. */
export async function updateIssues(
  trx: Meta,
  batches: readonly IssueBatch[],
  options: { now: number; order: ReleaseOrder },
): Promise<readonly IssueUpdate[]> {
  const known = await knownEnvironments(trx, batches);
  const updates: IssueUpdate[] = [];
  for (const batch of batches) {
    const transition = await countSighting(trx, batch, options);
    const environments = new Set(batch.events.map(({ environment }) => environment));
    const newInEnvironments = [...environments].filter((name) => !known.has(`${batch.issue.id}/${name}`));
    updates.push({ batch, transition, newInEnvironments });
  }
  await countByEnvironment(trx, batches);
  await countByRelease(trx, batches);
  return updates;
}

async function countSighting(
  trx: Meta,
  { issue, events, isNew }: IssueBatch,
  options: { now: number; order: ReleaseOrder },
): Promise<Transition | null> {
  const times = events.map(({ timestamp }) => timestamp);
  const latest = events.at(-1);
  const transition = isNew
    ? null
    : transitionOnSighting(
        stateOf(issue),
        {
          timesSeen: issue.times_seen + events.length,
          events: events.map(({ release, record }) => ({ release, receivedAt: record.item.receivedAt })),
        },
        options,
      );
  await trx
    .updateTable("issue")
    .set((eb) => ({
      times_seen: eb("times_seen", "+", events.length),
      first_seen: Math.min(issue.first_seen, ...times),
      last_seen: Math.max(issue.last_seen, ...times),
      last_event_id: latest?.eventId ?? issue.last_event_id,
      title: latest?.title.title ?? issue.title,
      culprit: latest?.title.culprit ?? issue.culprit,
      level: latest?.level ?? issue.level,
      last_release: latest?.release || issue.last_release,
      ...(transition ? stateColumns(transition.state) : {}),
    }))
    .where("id", "=", issue.id)
    .execute();
  return transition;
}

async function knownEnvironments(trx: Meta, batches: readonly IssueBatch[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const some of chunks(batches.filter(({ isNew }) => !isNew).map(({ issue }) => issue.id))) {
    const rows = await trx
      .selectFrom("issue_environment")
      .select(["issue_id", "environment"])
      .where("issue_id", "in", some)
      .execute();
    for (const row of rows) known.add(`${row.issue_id}/${row.environment}`);
  }
  return known;
}

interface Tally {
  first_seen: number;
  last_seen: number;
  times_seen: number;
}

function tally<K extends object>(
  batches: readonly IssueBatch[],
  keyOf: (event: IssueBatch["events"][number]) => K | null,
) {
  const rows = new Map<string, { issue_id: number } & K & Tally>();
  for (const { issue, events } of batches) {
    for (const prepared of events) {
      const key = keyOf(prepared);
      if (!key) continue;
      const id = `${issue.id}/${Object.values(key).join("\0")}`;
      const at = prepared.timestamp;
      const row = rows.get(id) ?? {
        issue_id: issue.id,
        ...key,
        first_seen: at,
        last_seen: at,
        times_seen: 0,
      };
      row.first_seen = Math.min(row.first_seen, at);
      row.last_seen = Math.max(row.last_seen, at);
      row.times_seen++;
      rows.set(id, row);
    }
  }
  return [...rows.values()];
}

async function countByEnvironment(trx: Meta, batches: readonly IssueBatch[]): Promise<void> {
  const rows = tally(batches, ({ environment }) => ({ environment }));
  for (const some of chunks(rows)) {
    await trx
      .insertInto("issue_environment")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["issue_id", "environment"]).doUpdateSet((eb) => ({
          times_seen: eb("issue_environment.times_seen", "+", eb.ref("excluded.times_seen")),
          first_seen: eb
            .case()
            .when("excluded.first_seen", "<", eb.ref("issue_environment.first_seen"))
            .then(eb.ref("excluded.first_seen"))
            .else(eb.ref("issue_environment.first_seen"))
            .end(),
          last_seen: eb
            .case()
            .when("excluded.last_seen", ">", eb.ref("issue_environment.last_seen"))
            .then(eb.ref("excluded.last_seen"))
            .else(eb.ref("issue_environment.last_seen"))
            .end(),
        })),
      )
      .execute();
  }
}

async function countByRelease(trx: Meta, batches: readonly IssueBatch[]): Promise<void> {
  const rows = tally(batches, ({ release, environment }) => (release ? { release, environment } : null));
  for (const some of chunks(rows)) {
    await trx
      .insertInto("issue_release")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["issue_id", "release", "environment"]).doUpdateSet((eb) => ({
          times_seen: eb("issue_release.times_seen", "+", eb.ref("excluded.times_seen")),
          first_seen: eb
            .case()
            .when("excluded.first_seen", "<", eb.ref("issue_release.first_seen"))
            .then(eb.ref("excluded.first_seen"))
            .else(eb.ref("issue_release.first_seen"))
            .end(),
          last_seen: eb
            .case()
            .when("excluded.last_seen", ">", eb.ref("issue_release.last_seen"))
            .then(eb.ref("excluded.last_seen"))
            .else(eb.ref("issue_release.last_seen"))
            .end(),
        })),
      )
      .execute();
  }
}
