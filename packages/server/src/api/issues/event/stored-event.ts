import type { NormalisedEvent } from "@vedette/protocol";
import type { EventStore } from "../../../store/port.js";

/** An event row with its payload. Times are milliseconds since 1970. */
export interface StoredEvent {
  readonly projectId: number;
  readonly eventId: string;
  readonly hash: string;
  readonly hashes: readonly string[];
  readonly timestamp: number;
  readonly receivedAt: number;
  readonly title: string;
  readonly culprit: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Bytes of the stored payload. */
  readonly size: number;
  readonly payload: NormalisedEvent;
}

const columns = `toUInt32(project_id) AS projectId, event_id AS eventId, primary_hash AS hash, hashes,
  toUnixTimestamp64Milli(timestamp) AS timestampMs, toUnixTimestamp64Milli(received_at) AS receivedAt,
  title, culprit, tags, payload`;

type EventRow = Omit<StoredEvent, "payload" | "size" | "timestamp"> & {
  readonly payload: string;
  readonly timestampMs: number;
};

/** The event of this id in one of the projects; null when none is stored. */
export async function findEvent(
  events: EventStore,
  projectIds: readonly number[],
  eventId: string,
): Promise<StoredEvent | null> {
  const [row] = await events.query<EventRow>(
    `SELECT ${columns} FROM events
     WHERE project_id IN {projects:Array(UInt64)} AND event_id = {id:String} LIMIT 1`,
    { projects: projectIds, id: eventId },
  );
  return row ? storedEvent(row) : null;
}

/**
 * The event at a known place of the sorting key: project, hash and time give a few granules, so only these payloads
 * are read.
 */
export async function readEventAt(
  events: EventStore,
  place: { projectId: number; hash: string; timestamp: number; eventId: string },
): Promise<StoredEvent | null> {
  const [row] = await events.query<EventRow>(
    `SELECT ${columns} FROM events
     WHERE project_id = {project:UInt64} AND primary_hash = {hash:String}
       AND timestamp = fromUnixTimestamp64Milli({at:Int64}) AND event_id = {id:String} LIMIT 1`,
    { project: place.projectId, hash: place.hash, at: place.timestamp, id: place.eventId },
  );
  return row ? storedEvent(row) : null;
}

function storedEvent({ payload, timestampMs, ...row }: EventRow): StoredEvent {
  return {
    ...row,
    timestamp: timestampMs,
    size: Buffer.byteLength(payload),
    payload: JSON.parse(payload) as NormalisedEvent,
  };
}
