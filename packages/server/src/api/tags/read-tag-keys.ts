import type { EventStore } from "../../store/port.js";
import type { TimeRange } from "../http/time-range.js";

export interface TagKey {
  readonly key: string;
  /** Events that carry it, and its different values (about), among those looked at. */
  readonly totalValues: number;
  readonly uniqueValues: number;
}

/** Enough to meet every tag in use; reading the tags of millions of events would take seconds. */
const eventsLookedAt = 200_000;
const mostKeys = 1_000;

/** Tags of the projects' events in the range, the most used first. */
export async function readTagKeys(
  events: EventStore,
  where: { projectIds: readonly number[]; range: TimeRange },
): Promise<readonly TagKey[]> {
  if (where.projectIds.length === 0) return [];
  return events.query<TagKey>(
    `SELECT key, count() AS totalValues, uniqCombined(12)(value) AS uniqueValues
    FROM (
      SELECT tags FROM events
      WHERE project_id IN {projects:Array(UInt64)}
        AND received_at >= {from:DateTime64(3, 'UTC')} AND timestamp < {to:DateTime64(3, 'UTC')}
      LIMIT ${eventsLookedAt}
    )
    ARRAY JOIN mapKeys(tags) AS key, mapValues(tags) AS value
    GROUP BY key ORDER BY totalValues DESC, key LIMIT ${mostKeys}`,
    {
      projects: where.projectIds,
      from: new Date(where.range.from),
      to: new Date(where.range.to),
    },
  );
}
