import type { EventStore } from "../../store/port.js";
import { eventColumns } from "../facts/event-row.js";
import type { EventRow } from "../facts/event-row.js";

/** Stack attributes need whole payloads (about 11 KB each), so fewer of these are read at once. */
const rowsPerPage = 10_000;
const rowsPerPageWithPayload = 1_000;
/** Clocks that run ahead make an event arrive "before" it happened. */
const clockSlackMs = 3_600_000;

/** Which stored events are read. Times are milliseconds since 1970, `from` inclusive and `to` exclusive. */
export interface StoredRange {
  readonly projectIds: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly withPayload: boolean;
}

/**
 * Reads events of projects in order of their time, page by page.
 *
 * @throws EventStoreError
 */
export async function* storedEvents(
  events: EventStore,
  { projectIds, from, to, withPayload }: StoredRange,
): AsyncGenerator<readonly EventRow[]> {
  const pageSize = withPayload ? rowsPerPageWithPayload : rowsPerPage;
  let after = { at: Math.round(from), eventId: "" };
  for (;;) {
    const rows = await events.query<EventRow>(
      `SELECT ${eventColumns}${withPayload ? ", payload" : ""} FROM events
       WHERE project_id IN {projects:Array(UInt64)}
         AND (timestamp, event_id) > (fromUnixTimestamp64Milli({after:Int64}), {afterId:String})
         AND timestamp < fromUnixTimestamp64Milli({to:Int64})
         AND received_at >= fromUnixTimestamp64Milli({arrived:Int64})
       ORDER BY events.timestamp, event_id LIMIT ${pageSize}`,
      {
        projects: projectIds,
        after: after.at,
        afterId: after.eventId,
        to: Math.round(to),
        arrived: Math.round(from) - clockSlackMs,
      },
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = { at: last.at, eventId: last.eventId };
  }
}
