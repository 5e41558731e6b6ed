import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { ActionContext } from "./action-context.js";
import type { IssueRow } from "./issue-row.js";
import { recordDeed } from "./record.js";

/** A comment to change, and whether the person may change others' too. */
export interface CommentRef {
  readonly issueId: number;
  readonly commentId: number;
  readonly mayChangeOthers: boolean;
}

/** Adds a comment to an issue's history. @returns its id */
export async function addComment(
  context: ActionContext,
  issue: Pick<IssueRow, "id" | "project_id">,
  text: string,
): Promise<number> {
  const id = await context.meta.transaction().execute(async (trx) => {
    await countComments(trx, issue.id, 1);
    return recordDeed(trx, issue, {
      activity: "note",
      data: { text },
      change: "commented",
      userId: context.userId,
      now: context.now(),
    });
  });
  context.wake("alert");
  return id;
}

/** Puts another text into a comment. @throws AppError not_found, forbidden */
export async function editComment(context: ActionContext, ref: CommentRef, text: string): Promise<void> {
  await context.meta.transaction().execute(async (trx) => {
    await ownComment(trx, context.userId, ref);
    await trx
      .updateTable("issue_activity")
      .set({ data: JSON.stringify({ text, editedAt: new Date(context.now()).toISOString() }) })
      .where("id", "=", ref.commentId)
      .execute();
  });
}

/** Removes a comment. @throws AppError not_found, forbidden */
export async function deleteComment(context: ActionContext, ref: CommentRef): Promise<void> {
  await context.meta.transaction().execute(async (trx) => {
    await ownComment(trx, context.userId, ref);
    await trx.deleteFrom("issue_activity").where("id", "=", ref.commentId).execute();
    await countComments(trx, ref.issueId, -1);
  });
}

async function ownComment(trx: Meta, userId: string | null, ref: CommentRef): Promise<void> {
  const row = await trx
    .selectFrom("issue_activity")
    .select("user_id")
    .where("id", "=", ref.commentId)
    .where("issue_id", "=", ref.issueId)
    .where("kind", "=", "note")
    .executeTakeFirst();
  if (!row) throw new AppError("not_found", "The requested resource does not exist");
  if (row.user_id !== userId && !ref.mayChangeOthers) {
    throw new AppError("forbidden", "Only its author can change a comment.");
  }
}

async function countComments(trx: Meta, issueId: number, by: number): Promise<void> {
  await trx
    .updateTable("issue")
    .set((eb) => ({ num_comments: eb("num_comments", "+", by) }))
    .where("id", "=", issueId)
    .execute();
}
