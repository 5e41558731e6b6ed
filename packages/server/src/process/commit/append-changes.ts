import type { ChangeData, ChangeKind } from "../../domain/change.js";
import type { Meta } from "../../store/port.js";
import { chunks } from "./chunks.js";
import type { IssueUpdate } from "./update-issues.js";

/** Appends what happened to the change log, and to the issues' activity what a person would want to read there. */
export async function appendChanges(trx: Meta, updates: readonly IssueUpdate[], now: number): Promise<void> {
  const changes = updates.flatMap((update) => changesOf(update, now));
  for (const some of chunks(changes)) await trx.insertInto("change").values(some).execute();
  const activity = updates.flatMap((update) => activityOf(update, now));
  for (const some of chunks(activity)) await trx.insertInto("issue_activity").values(some).execute();
}

function changesOf(update: IssueUpdate, now: number) {
  const { issue, isNew, events } = update.batch;
  const facts = events.map((event) => event.facts).filter((one) => one !== null);
  const change = (kind: ChangeKind, data: ChangeData) => ({
    at: now,
    project_id: issue.project_id,
    issue_id: issue.id,
    kind: kind as string,
    data: JSON.stringify(data),
  });
  const base: ChangeData = { count: events.length, events: facts };
  const changes = [];
  if (isNew || update.newInEnvironments.length > 0) {
    changes.push(change("first_seen", { ...base, newInEnvironments: update.newInEnvironments, isNew }));
  }
  if (update.transition) changes.push(change(update.transition.change, base));
  changes.push(change("seen", base));
  return changes;
}

function activityOf({ batch, transition }: IssueUpdate, now: number) {
  const entry = (kind: string, data: object) => ({
    issue_id: batch.issue.id,
    kind,
    user_id: null,
    at: now,
    data: JSON.stringify(data),
  });
  const event = batch.events.at(-1);
  if (batch.isNew)
    return [entry("first_seen", { eventId: event?.eventId, release: event?.release || undefined })];
  if (!transition) return [];
  const kind = transition.change === "regression" ? "set_regression" : "set_unresolved";
  return [entry(kind, { eventId: event?.eventId, release: event?.release, reason: transition.change })];
}
