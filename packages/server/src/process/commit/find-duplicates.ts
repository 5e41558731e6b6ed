import type { Meta } from "../../store/port.js";
import type { PreparedEvent } from "../prepare/prepared.js";
import { chunks, groupBy } from "./chunks.js";

/**
 * Splits off events whose id was counted before, in this batch or in one of the last days. The answer depends on
 * committed state alone, so a batch that is read again after a crash is split the same way.
 */
export async function findDuplicates(
  meta: Meta,
  events: readonly PreparedEvent[],
): Promise<{ fresh: readonly PreparedEvent[]; duplicates: readonly PreparedEvent[] }> {
  const seen = new Set<string>();
  for (const [projectId, ofProject] of groupBy(events, ({ record }) => record.item.projectId)) {
    for (const some of chunks(ofProject)) {
      const rows = await meta
        .selectFrom("event_seen")
        .select("event_id")
        .where("project_id", "=", projectId)
        .where(
          "event_id",
          "in",
          some.map(({ eventId }) => eventId),
        )
        .execute();
      for (const row of rows) seen.add(`${projectId}/${row.event_id}`);
    }
  }
  const fresh: PreparedEvent[] = [];
  const duplicates: PreparedEvent[] = [];
  for (const prepared of events) {
    const key = `${prepared.record.item.projectId}/${prepared.eventId}`;
    (seen.has(key) ? duplicates : fresh).push(prepared);
    seen.add(key);
  }
  return { fresh, duplicates };
}

/** Remembers the ids, within the committing transaction. */
export async function rememberEvents(
  trx: Meta,
  events: readonly PreparedEvent[],
  now: number,
): Promise<void> {
  for (const some of chunks(events)) {
    await trx
      .insertInto("event_seen")
      .values(
        some.map(({ eventId, record }) => ({
          project_id: record.item.projectId,
          event_id: eventId,
          seen_at: now,
        })),
      )
      .onConflict((conflict) => conflict.columns(["project_id", "event_id"]).doNothing())
      .execute();
  }
}
