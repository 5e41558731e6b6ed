import type { ChangeKind } from "../../domain/change.js";
import type { IssueStatus, IssueSubstatus, StatusDetails } from "../../domain/issue.js";
import type { Meta } from "../../store/port.js";
import type { ActionContext } from "./action-context.js";
import type { IssueRow } from "./issue-row.js";
import { recordDeed } from "./record.js";
import type { ActivityKind } from "./record.js";

/** The status an issue is given and what its history says about it. */
export interface StatusChange {
  readonly status: IssueStatus;
  readonly substatus: IssueSubstatus | null;
  readonly details: StatusDetails;
  readonly activity: ActivityKind;
  readonly activityData: Readonly<Record<string, unknown>>;
  readonly change: ChangeKind;
}

/**
 * Gives issues a new status in one transaction; `decide` sees each row as it stands then and may leave it alone by
 * answering null. Alert is woken afterwards.
 *
 * @returns the ids that changed
 */
export async function changeStatus(
  context: ActionContext,
  issueIds: readonly number[],
  decide: (issue: IssueRow) => StatusChange | null,
): Promise<readonly number[]> {
  if (issueIds.length === 0) return [];
  const changed = await context.meta.transaction().execute(async (trx) => {
    const rows = await lockIssues(trx, issueIds);
    const ids: number[] = [];
    for (const issue of rows) {
      const change = decide(issue);
      if (!change) continue;
      await write(trx, issue, { change, userId: context.userId, now: context.now() });
      ids.push(issue.id);
    }
    return ids;
  });
  if (changed.length > 0) context.wake("alert");
  return changed;
}

/** The issues as they stand, locked until the transaction ends; those that are gone are absent. */
export async function lockIssues(trx: Meta, issueIds: readonly number[]): Promise<readonly IssueRow[]> {
  return trx.selectFrom("issue").selectAll().where("id", "in", issueIds).orderBy("id").forUpdate().execute();
}

async function write(
  trx: Meta,
  issue: IssueRow,
  { change, userId, now }: { change: StatusChange; userId: string | null; now: number },
): Promise<void> {
  const details = userId === null ? change.details : { ...change.details, actor: userId };
  await trx
    .updateTable("issue")
    .set({
      status: change.status,
      substatus: change.substatus,
      status_details: JSON.stringify(details),
      status_at: now,
    })
    .where("id", "=", issue.id)
    .execute();
  await recordDeed(trx, issue, {
    activity: change.activity,
    data: change.activityData,
    change: change.change,
    userId,
    now,
  });
}
