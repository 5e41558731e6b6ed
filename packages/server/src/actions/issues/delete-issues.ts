import type { ActionContext } from "./action-context.js";
import { hashList } from "./hash-sql.js";
import { hashesByIssue } from "./hashes-by-issue.js";
import type { OwnedHash } from "./hashes-by-issue.js";

/** Events whose attachments are looked up at once. */
const eventsPerStep = 5_000;
const idsPerStatement = 500;

export interface Deletion {
  readonly deleted: readonly number[];
  /** Resolves when the events are gone too; never rejects, failures are logged. */
  readonly eventsGone: Promise<void>;
}

/**
 * Deletes issues at once and their events and attachments in the background. An event that arrives later makes a
 * new issue.
 */
export async function deleteIssues(context: ActionContext, issueIds: readonly number[]): Promise<Deletion> {
  if (issueIds.length === 0) return { deleted: [], eventsGone: Promise.resolve() };
  const { meta } = context;
  const now = context.now();
  const { deleted, hashes } = await meta.transaction().execute(async (trx) => {
    const owned = await hashesByIssue(trx, issueIds);
    const rows = await trx.deleteFrom("issue").where("id", "in", issueIds).returning("id").execute();
    return { deleted: rows.map(({ id }) => id), hashes: owned };
  });
  return { deleted, eventsGone: deleteEvents(context, hashes, now) };
}

async function deleteEvents(
  context: ActionContext,
  hashes: readonly OwnedHash[],
  now: number,
): Promise<void> {
  try {
    for (const projectId of new Set(hashes.map((one) => one.project_id))) {
      const own = hashes.filter((one) => one.project_id === projectId).map(({ hash }) => hash);
      await deleteAttachments(context, projectId, own);
      await deleteRows(context, { project: projectId, hashes: own, now: Math.round(now) });
    }
  } catch (error) {
    context.log.error(
      { err: error },
      "events of deleted issues could not be deleted; they go with their retention",
    );
  }
}

async function deleteRows(
  { events }: ActionContext,
  { hashes, ...params }: { project: number; hashes: readonly string[]; now: number },
): Promise<void> {
  const { onCluster } = events.dialect;
  const ofGroup = `project_id = {project:UInt64} AND primary_hash IN ${hashList(hashes)}`;
  await events.command(
    `ALTER TABLE events${onCluster} DELETE WHERE ${ofGroup} AND received_at <= fromUnixTimestamp64Milli({now:Int64})`,
    params,
  );
  await events.command(
    `ALTER TABLE event_counts${onCluster} DELETE WHERE ${ofGroup} AND last_seen <= fromUnixTimestamp64Milli({now:Int64})`,
    params,
  );
}

async function deleteAttachments(
  { meta, events, blobs }: ActionContext,
  projectId: number,
  hashes: readonly string[],
): Promise<void> {
  for (let after = ""; ;) {
    const rows = await events.query<{ event_id: string }>(
      `SELECT event_id FROM events
       WHERE project_id = {project:UInt64} AND primary_hash IN ${hashList(hashes)} AND event_id > {after:String}
       ORDER BY event_id LIMIT ${eventsPerStep}`,
      { project: projectId, after },
    );
    const last = rows.at(-1);
    if (!last) return;
    after = last.event_id;
    for (let start = 0; start < rows.length; start += idsPerStatement) {
      const ids = rows.slice(start, start + idsPerStatement).map((row) => row.event_id);
      const gone = await meta
        .deleteFrom("attachment")
        .where("project_id", "=", projectId)
        .where("event_id", "in", ids)
        .returning("blob_key")
        .execute();
      for (const { blob_key } of gone) await blobs.delete(blob_key);
    }
  }
}
