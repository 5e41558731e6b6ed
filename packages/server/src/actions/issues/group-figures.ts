import type { EventStore } from "../../store/port.js";
import { hashList } from "./hash-sql.js";
import type { Place } from "./issue-places.js";

/** A set of grouping hashes of one project. */
export interface HashSet {
  readonly projectId: number;
  readonly hashes: readonly string[];
}

/** The newest event of a set of hashes, as an issue needs it. */
export interface NewestEvent {
  readonly event_id: string;
  readonly title: string;
  readonly culprit: string;
  readonly type: string;
  readonly level: string;
  readonly platform: string;
  readonly handled: number;
  readonly release: string;
  readonly exception_type: string;
  readonly exception_value: string;
  readonly top_frame_filename: string;
  readonly top_frame_function: string;
}

/** What the event store knows of a set of hashes. */
export interface GroupFigures {
  readonly places: readonly Place[];
  readonly newest: NewestEvent;
  readonly firstRelease: string | null;
}

/** Adds the hashes' events up again from the event store. @returns null when it holds none */
export async function readGroupFigures(events: EventStore, set: HashSet): Promise<GroupFigures | null> {
  const params = { project: set.projectId };
  const hashes = hashList(set.hashes);
  const places = await events.query<Place>(
    `SELECT environment, release, toUInt32(sum(c.events)) AS times_seen,
       toUnixTimestamp64Milli(min(c.first_seen)) AS first_seen,
       toUnixTimestamp64Milli(max(c.last_seen)) AS last_seen
     FROM event_counts AS c
     WHERE c.project_id = {project:UInt64} AND c.primary_hash IN ${hashes}
     GROUP BY environment, release`,
    params,
  );
  const [newest] = await events.query<NewestEvent>(
    `SELECT event_id, title, culprit, type, level, platform, handled, release, exception_type, exception_value,
       top_frame_filename, top_frame_function
     FROM events WHERE project_id = {project:UInt64} AND primary_hash IN ${hashes}
     ORDER BY timestamp DESC LIMIT 1`,
    params,
  );
  if (!newest || places.length === 0) return null;
  const oldest = places.reduce((a, b) => (b.first_seen < a.first_seen ? b : a));
  return { places, newest, firstRelease: oldest.release === "" ? null : oldest.release };
}

/** The columns of an issue that describe its newest event. */
export function describedBy(newest: NewestEvent) {
  return {
    title: newest.title,
    culprit: newest.culprit,
    type: newest.type,
    level: newest.level,
    platform: newest.platform,
    handled: newest.handled,
    last_event_id: newest.event_id,
    last_release: newest.release === "" ? null : newest.release,
    metadata: JSON.stringify({
      type: newest.exception_type,
      value: newest.exception_value,
      filename: newest.top_frame_filename,
      function: newest.top_frame_function,
    }),
  };
}
