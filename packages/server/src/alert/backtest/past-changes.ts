import type { ChangeKind } from "../../domain/change.js";
import type { Meta } from "../../store/port.js";

/** A change of an issue's state as its activity tells it. */
export interface PastChange {
  readonly at: number;
  readonly issueId: number;
  readonly projectId: number;
  readonly kind: ChangeKind;
}

const kindOfActivity: Readonly<Record<string, ChangeKind>> = {
  set_regression: "regression",
  set_escalating: "escalating",
  set_resolved: "resolved",
};

/** Reads the changes of state in a time, in order. @param range milliseconds since 1970, the end exclusive */
export async function readPastChanges(
  meta: Meta,
  projectIds: readonly number[],
  { from, to }: { from: number; to: number },
): Promise<readonly PastChange[]> {
  const rows = await meta
    .selectFrom("issue_activity")
    .innerJoin("issue", "issue.id", "issue_activity.issue_id")
    .select(["issue_activity.at", "issue_activity.issue_id", "issue_activity.kind", "issue_activity.data"])
    .select("issue.project_id")
    .where("issue.project_id", "in", projectIds)
    .where("issue_activity.at", ">=", from)
    .where("issue_activity.at", "<", to)
    .where("issue_activity.kind", "in", [...Object.keys(kindOfActivity), "set_unresolved"])
    .orderBy("issue_activity.at")
    .orderBy("issue_activity.id")
    .execute();
  return rows.flatMap(({ at, issue_id, project_id, kind, data }) => {
    const { reason } = JSON.parse(data) as { reason?: string };
    // A person who reopens an issue gives no reason; an archive that ended does.
    const change = kind === "set_unresolved" && reason === "reappeared" ? "reappeared" : kindOfActivity[kind];
    return change ? [{ at, issueId: issue_id, projectId: project_id, kind: change }] : [];
  });
}
