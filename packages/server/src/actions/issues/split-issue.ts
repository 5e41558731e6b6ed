import { priorityOfLevel } from "../../domain/issue.js";
import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { ActionContext } from "./action-context.js";
import { lockIssues } from "./change-status.js";
import { describedBy, readGroupFigures } from "./group-figures.js";
import type { GroupFigures } from "./group-figures.js";
import { writeEnvironments, writeReleases } from "./issue-places.js";
import type { IssueRow } from "./issue-row.js";
import { recordDeed } from "./record.js";

/**
 * Moves grouping hashes of an issue into a new one. The figures of both are added up again from the event store, so
 * events beyond its retention are no longer counted in either.
 *
 * @returns the new issue's id
 * @throws AppError invalid when the hashes are not all the issue's, or none would stay; conflict when nothing is
 *   stored of them any more
 */
export async function splitIssue(
  context: ActionContext,
  issueId: number,
  hashes: readonly string[],
): Promise<number> {
  const { meta, events } = context;
  const owned = await meta
    .selectFrom("issue_hash")
    .select(["hash", "project_id"])
    .where("issue_id", "=", issueId)
    .execute();
  const moving = new Set(hashes);
  const staying = owned.map(({ hash }) => hash).filter((hash) => !moving.has(hash));
  const projectId = owned[0]?.project_id;
  if (projectId === undefined || moving.size === 0 || staying.length + moving.size !== owned.length) {
    throw new AppError("invalid", "The groups to split off must all belong to the issue.");
  }
  if (staying.length === 0) throw new AppError("invalid", "One group at least has to stay in the issue.");
  const leaving = await readGroupFigures(events, { projectId, hashes: [...moving] });
  if (!leaving) throw new AppError("conflict", "No event of these groups is stored any more.");
  const left = await readGroupFigures(events, { projectId, hashes: staying });
  return meta.transaction().execute(async (trx) => {
    const [source] = await lockIssues(trx, [issueId]);
    if (!source) throw new AppError("not_found", "The requested resource does not exist");
    const created = await createIssue(trx, source, { leaving, now: context.now() });
    await moveHashes(trx, { from: source, to: created.id, hashes: [...moving] });
    if (left) await applyFigures(trx, source.id, left);
    await recordSplit(trx, { source, created, hashes, context });
    return created.id;
  });
}

async function createIssue(
  trx: Meta,
  source: IssueRow,
  { leaving, now }: { leaving: GroupFigures; now: number },
): Promise<Pick<IssueRow, "id" | "project_id" | "short_id" | "title">> {
  const { next_short_id: next } = await trx
    .updateTable("project")
    .set((eb) => ({ next_short_id: eb("next_short_id", "+", 1) }))
    .where("id", "=", source.project_id)
    .returning("next_short_id")
    .executeTakeFirstOrThrow();
  const created = await trx
    .insertInto("issue")
    .values({
      project_id: source.project_id,
      short_id: next - 1,
      category: source.category,
      status: source.status,
      substatus: source.substatus,
      status_details: source.status_details,
      status_at: source.status_at,
      priority: priorityOfLevel(leaving.newest.level),
      priority_locked_at: null,
      assignee: source.assignee,
      num_comments: 0,
      created_at: now,
      ...describedBy(leaving.newest),
      ...totalsOf(leaving),
    })
    .returning(["id", "project_id", "short_id", "title"])
    .executeTakeFirstOrThrow();
  await writeEnvironments(trx, created.id, leaving.places);
  await writeReleases(trx, created.id, leaving.places);
  return created;
}

function totalsOf({ places, firstRelease }: GroupFigures) {
  return {
    first_seen: Math.min(...places.map((place) => place.first_seen)),
    last_seen: Math.max(...places.map((place) => place.last_seen)),
    times_seen: places.reduce((sum, place) => sum + place.times_seen, 0),
    first_release: firstRelease,
  };
}

async function applyFigures(trx: Meta, issueId: number, figures: GroupFigures): Promise<void> {
  await trx
    .updateTable("issue")
    .set({ ...describedBy(figures.newest), ...totalsOf(figures) })
    .where("id", "=", issueId)
    .execute();
  await writeEnvironments(trx, issueId, figures.places);
  await writeReleases(trx, issueId, figures.places);
}

async function moveHashes(
  trx: Meta,
  { from, to, hashes }: { from: IssueRow; to: number; hashes: readonly string[] },
): Promise<void> {
  const result = await trx
    .updateTable("issue_hash")
    .set({ issue_id: to })
    .where("project_id", "=", from.project_id)
    .where("issue_id", "=", from.id)
    .where("hash", "in", hashes)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) !== hashes.length) {
    throw new AppError("conflict", "The groups of the issue have just changed; look at them again.");
  }
}

async function recordSplit(
  trx: Meta,
  {
    source,
    created,
    hashes,
    context,
  }: {
    source: IssueRow;
    created: Pick<IssueRow, "id" | "project_id" | "short_id" | "title">;
    hashes: readonly string[];
    context: ActionContext;
  },
): Promise<void> {
  const deed = { activity: "unmerge", userId: context.userId, now: context.now() } as const;
  await recordDeed(trx, source, {
    ...deed,
    data: { fingerprints: hashes, destination: { id: String(created.id), shortId: created.short_id } },
  });
  await recordDeed(trx, created, {
    ...deed,
    data: { fingerprints: hashes, source: { id: String(source.id), shortId: source.short_id } },
  });
}
