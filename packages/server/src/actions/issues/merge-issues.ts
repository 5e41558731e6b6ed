import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { ActionContext } from "./action-context.js";
import { lockIssues } from "./change-status.js";
import { readEnvironments, readReleases, writeEnvironments, writeReleases } from "./issue-places.js";
import type { IssueRow } from "./issue-row.js";
import { recordDeed } from "./record.js";

export interface Merged {
  readonly parent: number;
  readonly children: readonly number[];
}

/**
 * Makes one issue of several: the one with the lowest short id takes the others' hashes, figures, history and comments,
 * and keeps its own status. No event row is touched, since events name hashes, not issues.
 *
 * @throws AppError invalid when fewer than two of the issues exist or they belong to different projects
 */
export async function mergeIssues(context: ActionContext, issueIds: readonly number[]): Promise<Merged> {
  return context.meta.transaction().execute(async (trx) => {
    const rows = issueIds.length === 0 ? [] : await lockIssues(trx, issueIds);
    const [parent, ...children] = rows.toSorted((a, b) => a.short_id - b.short_id);
    if (!parent || children.length === 0) {
      throw new AppError("invalid", "At least two issues are needed for a merge.");
    }
    if (children.some((child) => child.project_id !== parent.project_id)) {
      throw new AppError("invalid", "Only issues of one project can be merged.");
    }
    const childIds = children.map(({ id }) => id);
    await joinFigures(trx, parent, children);
    await moveBelongings(trx, parent.id, childIds);
    await trx.deleteFrom("issue").where("id", "in", childIds).execute();
    await recordDeed(trx, parent, {
      activity: "merge",
      data: {
        issues: children.map(({ id, title, short_id }) => ({ id: String(id), title, shortId: short_id })),
      },
      userId: context.userId,
      now: context.now(),
    });
    return { parent: parent.id, children: childIds };
  });
}

async function joinFigures(trx: Meta, parent: IssueRow, children: readonly IssueRow[]): Promise<void> {
  const all = [parent, ...children];
  const ids = all.map(({ id }) => id);
  const oldest = all.reduce((a, b) => (b.first_seen < a.first_seen ? b : a));
  const newest = all.reduce((a, b) => (b.last_seen > a.last_seen ? b : a));
  const [environments, releases] = [await readEnvironments(trx, ids), await readReleases(trx, ids)];
  await writeEnvironments(trx, parent.id, environments);
  await writeReleases(trx, parent.id, releases);
  await trx
    .updateTable("issue")
    .set({
      first_seen: oldest.first_seen,
      first_release: oldest.first_release,
      last_seen: newest.last_seen,
      last_release: newest.last_release,
      last_event_id: newest.last_event_id,
      times_seen: all.reduce((sum, issue) => sum + issue.times_seen, 0),
      num_comments: all.reduce((sum, issue) => sum + issue.num_comments, 0),
    })
    .where("id", "=", parent.id)
    .execute();
}

/** What else names the children. The change log keeps their ids: alert leaves out issues that are gone. */
async function moveBelongings(trx: Meta, parentId: number, childIds: readonly number[]): Promise<void> {
  const to = { issue_id: parentId };
  await trx.updateTable("issue_hash").set(to).where("issue_id", "in", childIds).execute();
  await trx
    .updateTable("issue_activity")
    .set(to)
    .where("issue_id", "in", childIds)
    .where("kind", "!=", "first_seen")
    .execute();
  await trx.updateTable("rule_history").set(to).where("issue_id", "in", childIds).execute();
  await trx.updateTable("notification").set(to).where("issue_id", "in", childIds).execute();
}
