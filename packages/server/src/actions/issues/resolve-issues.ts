import type { StatusDetails } from "../../domain/issue.js";
import { AppError } from "../../shared/app-error.js";
import type { ActionContext } from "./action-context.js";
import { changeStatus } from "./change-status.js";
import type { IssueRow } from "./issue-row.js";
import { newestRelease } from "./newest-release.js";

/** When a resolution counts: at once, from a given release on (`latest` is the project's newest), or from the next one. */
export type Resolution =
  | { readonly kind: "now" }
  | { readonly kind: "in-release"; readonly release: string }
  | { readonly kind: "in-next-release" };

/**
 * Resolves issues; those already resolved in the same way stay as they are.
 *
 * @returns the ids that changed
 * @throws AppError invalid when a release is needed and the project has none
 */
export async function resolveIssues(
  context: ActionContext,
  issues: readonly Pick<IssueRow, "id" | "project_id">[],
  resolution: Resolution,
): Promise<readonly number[]> {
  const releases = await releasesOf(context, issues, resolution);
  return changeStatus(
    context,
    issues.map(({ id }) => id),
    (issue) => {
      const details = detailsOf(resolution, releases.get(issue.project_id) ?? null);
      if (issue.status === "resolved" && isSame(details, JSON.parse(issue.status_details) as StatusDetails)) {
        return null;
      }
      return {
        status: "resolved",
        substatus: null,
        details,
        activity: resolution.kind === "now" ? "set_resolved" : "set_resolved_in_release",
        activityData: activityDataOf(details),
        change: "resolved",
      };
    },
  );
}

/** The release each project's resolution speaks of. */
async function releasesOf(
  { meta }: ActionContext,
  issues: readonly Pick<IssueRow, "project_id">[],
  resolution: Resolution,
): Promise<ReadonlyMap<number, string>> {
  const releases = new Map<number, string>();
  if (resolution.kind === "now") return releases;
  for (const projectId of new Set(issues.map((issue) => issue.project_id))) {
    const isNamed = resolution.kind === "in-release" && resolution.release.toLowerCase() !== "latest";
    const release = isNamed ? resolution.release : await newestRelease(meta, projectId);
    if (release !== null) releases.set(projectId, release);
    else if (resolution.kind === "in-release") {
      throw new AppError("invalid", "The project has no release yet, so there is no latest one.");
    }
  }
  return releases;
}

function detailsOf(resolution: Resolution, release: string | null): StatusDetails {
  if (resolution.kind === "in-next-release") {
    // Without any release so far, the first one that comes is the next.
    return { inNextRelease: true, ...(release === null ? {} : { currentRelease: release }) };
  }
  return resolution.kind === "in-release" && release !== null ? { inRelease: release } : {};
}

function isSame(left: StatusDetails, right: StatusDetails): boolean {
  return (
    left.inRelease === right.inRelease &&
    left.inNextRelease === right.inNextRelease &&
    left.currentRelease === right.currentRelease
  );
}

function activityDataOf({ inRelease, inNextRelease, currentRelease }: StatusDetails) {
  if (inRelease !== undefined) return { version: inRelease };
  return inNextRelease ? { inNextRelease: true, current_release_version: currentRelease ?? null } : {};
}
