import type { ChangeData, ChangeKind } from "../../domain/change.js";
import type { Meta } from "../../store/port.js";
import type { IssueRow } from "./issue-row.js";

/** One line of an issue's history, as the API's `type` names it. */
export type ActivityKind =
  | "set_resolved"
  | "set_resolved_in_release"
  | "set_unresolved"
  | "set_ignored"
  | "assigned"
  | "unassigned"
  | "set_priority"
  | "merge"
  | "unmerge"
  | "note";

export interface Deed {
  readonly activity: ActivityKind;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Absent for what no rule can wait for. */
  readonly change?: ChangeKind;
  readonly userId: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Writes what a person did to an issue into its history and the change log, within the caller's transaction.
 *
 * @returns the id of the history's line
 */
export async function recordDeed(
  trx: Meta,
  issue: Pick<IssueRow, "id" | "project_id">,
  deed: Deed,
): Promise<number> {
  const { userId, now } = deed;
  if (deed.change) {
    const data: ChangeData = { count: 0, events: [], ...(userId === null ? {} : { userId }) };
    await trx
      .insertInto("change")
      .values({
        at: now,
        project_id: issue.project_id,
        issue_id: issue.id,
        kind: deed.change,
        data: JSON.stringify(data),
      })
      .execute();
  }
  const { id } = await trx
    .insertInto("issue_activity")
    .values({
      issue_id: issue.id,
      kind: deed.activity,
      user_id: userId,
      at: now,
      data: JSON.stringify(deed.data ?? {}),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
