import type { ActionContext } from "./action-context.js";
import { changeStatus } from "./change-status.js";

/** Reopens resolved and archived issues. @returns the ids that changed */
export async function unresolveIssues(
  context: ActionContext,
  issueIds: readonly number[],
): Promise<readonly number[]> {
  return changeStatus(context, issueIds, (issue) =>
    issue.status === "unresolved"
      ? null
      : {
          status: "unresolved",
          substatus: "ongoing",
          details: {},
          activity: "set_unresolved",
          activityData: {},
          change: "unresolved",
        },
  );
}
