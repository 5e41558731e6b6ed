import type { Meta } from "../../store/port.js";
import type { PreparedEvent } from "../prepare/prepared.js";
import type { ProjectRules } from "../prepare/project-rules.js";
import { appendChanges } from "./append-changes.js";
import { chunks, groupBy } from "./chunks.js";
import { rememberEvents } from "./find-duplicates.js";
import { recordReleases } from "./record-releases.js";
import { releaseOrderFor } from "./release-order.js";
import { resolveIssues } from "./resolve-issues.js";
import { updateIssues } from "./update-issues.js";
import type { StoredAttachment } from "../../queue/port.js";

/** What one batch commits beside its event rows. */
export interface BatchEffect {
  /** Fresh events: no duplicates, in order of arrival. */
  readonly events: readonly PreparedEvent[];
  readonly attachments: readonly BatchAttachment[];
  readonly rules: ReadonlyMap<number, ProjectRules>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface BatchAttachment extends StoredAttachment {
  readonly projectId: number;
  readonly eventId: string;
}

/**
 * Everything a batch changes in the meta store, within the caller's transaction: issues, their figures, releases,
 * remembered ids, attachments and the change log. The caller moves the queue position in the same transaction.
 *
 * @returns ids of the issues that were touched
 */
export async function commitBatch(trx: Meta, effect: BatchEffect): Promise<readonly number[]> {
  const { events, rules, now } = effect;
  await rememberEvents(trx, events, now);
  await insertAttachments(trx, effect);
  const touched: number[] = [];
  const organizationOf = (projectId: number) => rules.get(projectId)?.organizationId ?? 0;
  for (const [organizationId, ofOrganization] of groupBy(events, (one) =>
    organizationOf(one.record.item.projectId),
  )) {
    const batches = await resolveIssues(trx, ofOrganization, now);
    const order = await releaseOrderFor(trx, batches, organizationId);
    const updates = await updateIssues(trx, batches, { now, order });
    await recordReleases(trx, batches, { organizationId, now });
    await appendChanges(trx, updates, now);
    touched.push(...batches.map(({ issue }) => issue.id));
  }
  await markFirstEvents(trx, new Set(events.map(({ record }) => record.item.projectId)), now);
  return touched;
}

async function insertAttachments(trx: Meta, { attachments, now }: BatchEffect): Promise<void> {
  const rows = attachments.map((one) => ({
    project_id: one.projectId,
    event_id: one.eventId,
    item_type: one.itemType,
    name: one.name,
    content_type: one.contentType,
    attachment_type: one.attachmentType,
    size_bytes: one.sizeBytes,
    blob_key: one.blobKey,
    created_at: now,
  }));
  for (const some of chunks(rows)) await trx.insertInto("attachment").values(some).execute();
}

async function markFirstEvents(trx: Meta, projectIds: ReadonlySet<number>, now: number): Promise<void> {
  if (projectIds.size === 0) return;
  await trx
    .updateTable("project")
    .set({ first_event_at: now })
    .where("id", "in", [...projectIds])
    .where("first_event_at", "is", null)
    .execute();
}
