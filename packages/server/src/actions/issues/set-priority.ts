import { priorityOfLevel } from "../../domain/issue.js";
import type { IssuePriority } from "../../domain/issue.js";
import type { ActionContext } from "./action-context.js";
import { lockIssues } from "./change-status.js";
import { recordDeed } from "./record.js";

/**
 * Sets the priority and keeps it from changing by itself; `auto` goes back to the one the level gives and lets it
 * change again.
 *
 * @returns the ids that changed
 */
export async function setPriority(
  context: ActionContext,
  issueIds: readonly number[],
  priority: IssuePriority | "auto",
): Promise<readonly number[]> {
  if (issueIds.length === 0) return [];
  const now = context.now();
  return context.meta.transaction().execute(async (trx) => {
    const changed: number[] = [];
    for (const issue of await lockIssues(trx, issueIds)) {
      const lockedAt = priority === "auto" ? null : now;
      const next = priority === "auto" ? priorityOfLevel(issue.level) : priority;
      if (issue.priority === next && (issue.priority_locked_at === null) === (lockedAt === null)) continue;
      await trx
        .updateTable("issue")
        .set({ priority: next, priority_locked_at: lockedAt })
        .where("id", "=", issue.id)
        .execute();
      await recordDeed(trx, issue, {
        activity: "set_priority",
        data: { priority: next, reason: priority === "auto" ? "auto" : "manual" },
        userId: context.userId,
        now,
      });
      changed.push(issue.id);
    }
    return changed;
  });
}
