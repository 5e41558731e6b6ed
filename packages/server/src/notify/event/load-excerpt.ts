import { isRecord, type NormalisedEvent } from "@vedette/protocol";
import type { NotificationPayload } from "../../domain/notification.js";
import type { Log } from "../../shared/log.js";
import type { EventStore } from "../../store/events/port.js";
import { excerptOf, type EventExcerpt } from "./excerpt.js";

/** A message must not wait for a slow event store: it is sent with less in it. */
const timeoutMs = 2_000;
const marginMs = 3_600_000;

/**
 * Found by id within the partition of its arrival: the table is partitioned by week, and `event_id` has a bloom
 * filter, so neither the project's size nor its age counts.
 */
const payloadOfEvent = `
  SELECT payload FROM events
  WHERE project_id = {project:UInt64} AND event_id = {event:String}
    AND received_at BETWEEN {from:DateTime64(3)} AND {to:DateTime64(3)}
  LIMIT 1`;

/**
 * Reads the event a notification names. Null when there is none, when retention has taken it, or when the event store
 * does not answer in time; the alert goes out all the same.
 */
export async function loadExcerpt(
  ports: { readonly events: Pick<EventStore, "query">; readonly log: Log },
  payload: NotificationPayload,
): Promise<EventExcerpt | null> {
  const { event, project } = payload;
  if (event === null) return null;
  const params = {
    project: project.id,
    event: event.id,
    from: new Date(event.receivedAt - marginMs),
    to: new Date(event.receivedAt + marginMs),
  };
  try {
    const rows = await ports.events.query<{ payload: string }>(payloadOfEvent, params, { timeoutMs });
    const parsed: unknown = rows[0] === undefined ? null : JSON.parse(rows[0].payload);
    return isRecord(parsed) ? excerptOf(parsed as unknown as NormalisedEvent) : null;
  } catch (error) {
    ports.log.warn({ err: error, eventId: event.id }, "the message is sent without its event's details");
    return null;
  }
}
