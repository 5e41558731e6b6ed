import type { ActionContext } from "./action-context.js";
import { lockIssues } from "./change-status.js";
import { recordDeed } from "./record.js";

/** @param assignee `user:<id>` or `team:<id>`, known to exist; null clears. @returns the ids that changed */
export async function assignIssues(
  context: ActionContext,
  issueIds: readonly number[],
  assignee: string | null,
): Promise<readonly number[]> {
  if (issueIds.length === 0) return [];
  const { userId } = context;
  const now = context.now();
  const changed = await context.meta.transaction().execute(async (trx) => {
    const rows = await lockIssues(trx, issueIds);
    const touched = rows.filter((issue) => issue.assignee !== assignee);
    for (const issue of touched) {
      await trx.updateTable("issue").set({ assignee }).where("id", "=", issue.id).execute();
      const [assigneeType, id] = assignee?.split(":") ?? [];
      await recordDeed(trx, issue, {
        activity: assignee === null ? "unassigned" : "assigned",
        data: assignee === null ? {} : { assignee: id, assigneeType },
        change: "assigned",
        userId,
        now,
      });
    }
    return touched.map(({ id }) => id);
  });
  if (changed.length > 0) context.wake("alert");
  return changed;
}
