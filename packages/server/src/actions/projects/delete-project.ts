import { AppError } from "../../shared/app-error.js";
import type { Log } from "../../shared/log.js";
import type { BlobStore, EventStore, Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";

export interface DeleteProjectPorts {
  readonly meta: Meta;
  readonly events: EventStore;
  readonly blobs: BlobStore;
  readonly log: Log;
  readonly now: () => number;
}

const eventTables = ["events", "event_counts", "outcomes"] as const;

/**
 * Deletes a project with its keys, issues, events and attachments. It is gone when this resolves; rows of events and
 * blobs are removed in the background, and a failure there is logged.
 *
 * @throws AppError not_found
 */
export async function deleteProject(
  ports: DeleteProjectPorts,
  actor: Actor,
  projectId: number,
): Promise<void> {
  const at = ports.now();
  const blobKeys = await ports.meta.transaction().execute(async (meta) => {
    const project = await meta
      .deleteFrom("project")
      .where("id", "=", projectId)
      .where("organization_id", "=", actor.organizationId)
      .returning("slug")
      .executeTakeFirst();
    if (!project) throw new AppError("not_found", "The requested resource does not exist");
    const attachments = await meta
      .deleteFrom("attachment")
      .where("project_id", "=", projectId)
      .returning("blob_key")
      .execute();
    // The remembered event ids may be millions; they are forgotten in steps, by age.
    await meta.deleteFrom("release_project").where("project_id", "=", projectId).execute();
    await recordAudit(meta, actor, {
      action: "project.delete",
      target: project.slug,
      at,
      data: { projectId },
    });
    return attachments.map((attachment) => attachment.blob_key);
  });
  void removeRemains(ports, { projectId, blobKeys });
}

async function removeRemains(
  { events, blobs, log }: DeleteProjectPorts,
  { projectId, blobKeys }: { projectId: number; blobKeys: readonly string[] },
): Promise<void> {
  try {
    for (const table of eventTables) {
      // ClickHouse takes no parameters in mutations; table and id are ours.
      await events.command(`ALTER TABLE ${table} DELETE WHERE project_id = ${projectId}`);
    }
    for (const key of blobKeys) await blobs.delete(key);
  } catch (error) {
    log.error({ err: error, projectId }, "a deleted project's events or attachments were not all removed");
  }
}
