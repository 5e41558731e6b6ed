import type { Meta } from "../../store/port.js";

/** SDKs resend within minutes; offline caches within days. */
const rememberForMs = 3 * 24 * 3_600_000;
const rowsPerStep = 5_000;
/** Five million a turn: more than arrive in the ten minutes between two of them. */
const maxSteps = 1_000;

/**
 * Forgets event ids of more than three days ago, in steps short enough not to hold up a batch.
 *
 * @param signal ends it after the step under way
 * @returns how many were forgotten
 */
export async function forgetOldEventIds(meta: Meta, now: number, signal?: AbortSignal): Promise<number> {
  let forgotten = 0;
  for (let step = 0; step < maxSteps; step++) {
    if (signal?.aborted) break;
    const rows = await meta
      .selectFrom("event_seen")
      .select(["project_id", "event_id"])
      .where("seen_at", "<", now - rememberForMs)
      .limit(rowsPerStep)
      .execute();
    if (rows.length === 0) break;
    for (const projectId of new Set(rows.map((row) => row.project_id))) {
      const ids = rows.filter((row) => row.project_id === projectId).map((row) => row.event_id);
      await meta
        .deleteFrom("event_seen")
        .where("project_id", "=", projectId)
        .where("event_id", "in", ids)
        .execute();
    }
    forgotten += rows.length;
  }
  return forgotten;
}
