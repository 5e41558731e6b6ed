import { compareReleaseNames } from "../../domain/release-order.js";
import type { Meta } from "../../store/port.js";

/** Versions far back cannot be the newest one. */
const considered = 200;

/**
 * The newest release of one project: by version where the names can be compared, otherwise by first event.
 *
 * @returns its version, or null when the project never sent one
 */
export async function newestRelease(meta: Meta, projectId: number): Promise<string | null> {
  const rows = await meta
    .selectFrom("release_project")
    .innerJoin("release", "release.id", "release_project.release_id")
    .select(["release.version", "release_project.first_event_at"])
    .where("release_project.project_id", "=", projectId)
    .orderBy("release_project.first_event_at", "desc")
    .limit(considered)
    .execute();
  let newest: string | null = null;
  for (const { version } of rows) {
    // Rows come with the youngest first, so an incomparable name loses.
    if (newest === null || (compareReleaseNames(version, newest) ?? -1) > 0) newest = version;
  }
  return newest;
}
