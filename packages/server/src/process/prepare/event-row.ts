import type { NormalisedEvent } from "@vedette/protocol";
import { topFrameOf } from "../group/top-frame.js";
import type { ReadEvent } from "./read-event.js";

/**
 * The event as a JSON line for the `events` table (store/events/migrations/0001-events.ts).
 * The payload is the whole normalised event; it stands in the line as an object, which the event store reads into
 * its text column as it is. Escaping it into a string cost a third more bytes and twice the time.
 */
export function eventRow(read: ReadEvent, retentionDays: number): string {
  const { event, grouping, title, record } = read;
  const frame = topFrameOf(event);
  const exception = event.exception?.values.at(-1);
  const trace = event.contexts?.trace;
  const columns = JSON.stringify({
    project_id: record.item.projectId,
    event_id: event.event_id,
    primary_hash: grouping.hashes[0] ?? "",
    hashes: grouping.hashes,
    type: event.type,
    level: event.level ?? "error",
    platform: event.platform ?? "other",
    environment: event.environment ?? "",
    release: event.release ?? "",
    dist: event.dist ?? "",
    timestamp: Math.round(event.timestamp * 1000),
    received_at: record.item.receivedAt,
    title: title.title,
    culprit: title.culprit,
    message: event.logentry?.formatted ?? event.logentry?.message ?? "",
    exception_type: exception?.type ?? "",
    exception_value: exception?.value ?? "",
    transaction: event.transaction ?? "",
    logger: event.logger ?? "",
    server_name: event.server_name ?? "",
    handled: handledOf(event),
    user_key: read.userKey,
    user_id: event.user?.id ?? "",
    user_email: event.user?.email ?? "",
    user_username: event.user?.username ?? "",
    user_ip: event.user?.ip_address ?? "",
    sdk_name: event.sdk?.name ?? "",
    sdk_version: event.sdk?.version ?? "",
    http_method: event.request?.method ?? "",
    http_url: event.request?.url ?? "",
    trace_id: trace?.trace_id ?? "",
    span_id: trace?.span_id ?? "",
    top_frame_filename: frame?.filename ?? frame?.abs_path ?? "",
    top_frame_module: frame?.module ?? "",
    top_frame_function: frame?.function ?? "",
    tags: read.tags,
    retention_days: retentionDays,
  });
  return `${columns.slice(0, -1)},"payload":${JSON.stringify(event)}}`;
}

/** 0 when any exception of the event was caught by nobody, 1 when all were handled, -1 when nothing is said. */
export function handledOf(event: NormalisedEvent): number {
  let result = -1;
  for (const { mechanism } of event.exception?.values ?? []) {
    if (mechanism?.handled === false) return 0;
    if (mechanism?.handled === true) result = 1;
  }
  return result;
}
