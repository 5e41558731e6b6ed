import type { BlobStore, Meta } from "../../store/port.js";
import { parseProjectSettings } from "../prepare/project-rules.js";
import { noProject } from "../raw-items.js";

const dayMs = 24 * 3_600_000;
/** Items of stages that do not exist yet: long enough for an upgrade to read them back. */
const rawRetentionDays = 30;
const filesPerStep = 200;
/** A hundred thousand a project and turn; the next turn comes in minutes. */
const maxSteps = 500;

/**
 * Forgets files that are older than their project keeps its events, and raw items after 30 days. A file goes before
 * its entry: cut short, the next turn finds the entry and goes on.
 *
 * @param signal ends it after the step under way
 * @returns how many files were forgotten
 */
export async function forgetOldFiles(
  { meta, blobs }: { meta: Meta; blobs: BlobStore },
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  const projects = await meta.selectFrom("project").select(["id", "settings"]).execute();
  const kept = new Map(
    projects.map(({ id, settings }) => [id, parseProjectSettings(settings).retentionDays]),
  );
  kept.set(noProject, rawRetentionDays);
  let forgotten = 0;
  for (const [projectId, days] of kept) {
    forgotten += await forgetFilesOf({ meta, blobs }, { projectId, before: now - days * dayMs }, signal);
  }
  return forgotten;
}

async function forgetFilesOf(
  { meta, blobs }: { meta: Meta; blobs: BlobStore },
  { projectId, before }: { projectId: number; before: number },
  signal?: AbortSignal,
): Promise<number> {
  let forgotten = 0;
  for (let step = 0; step < maxSteps; step++) {
    if (signal?.aborted) break;
    const files = await meta
      .selectFrom("attachment")
      .select(["id", "blob_key"])
      .where("created_at", "<", before)
      .where("project_id", "=", projectId)
      .limit(filesPerStep)
      .execute();
    if (files.length === 0) break;
    for (const file of files) await blobs.delete(file.blob_key);
    const ids = files.map((file) => file.id);
    await meta.deleteFrom("attachment").where("id", "in", ids).execute();
    forgotten += files.length;
  }
  return forgotten;
}
