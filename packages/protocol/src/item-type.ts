import type { ItemHeader } from "./envelope.js";

/** Item types we know by name. Others are valid framing and are skipped. */
export const ITEM_TYPES = [
  "event",
  "transaction",
  "security",
  "raw_security",
  "feedback",
  "user_report",
  "attachment",
  "form_data",
  "unreal_report",
  "session",
  "sessions",
  "check_in",
  "client_report",
  "span",
  "log",
  "trace_metric",
  "profile",
  "profile_chunk",
  "replay_event",
  "replay_recording",
  "replay_video",
  "nel",
  "statsd",
  "metric_buckets",
  "metric_meta",
] as const;

export type ItemType = (typeof ITEM_TYPES)[number];

/** Content types that decide how an item is read. */
export const CONTENT_TYPES = {
  spanContainer: "application/vnd.sentry.items.span.v2+json",
  logContainer: "application/vnd.sentry.items.log+json",
  traceMetricContainer: "application/vnd.sentry.items.trace-metric+json",
  traceAttachment: "application/vnd.sentry.trace-attachment",
  attachmentRef: "application/vnd.sentry.attachment-ref+json",
} as const;

const TYPES_BY_NAME: ReadonlyMap<string, ItemType> = new Map<string, ItemType>([
  ...ITEM_TYPES.map((type) => [type, type] as const),
  // Two Android releases and an old name of feedback.
  ["profile_chunk_ui", "profile_chunk"],
  ["user_report_v2", "feedback"],
]);

const NEED_EVENT_ID: ReadonlySet<ItemType> = new Set<ItemType>([
  "event",
  "transaction",
  "security",
  "raw_security",
  "attachment",
  "form_data",
  "unreal_report",
  "user_report",
  "feedback",
  "replay_event",
  "profile",
]);

const CREATE_EVENT: ReadonlySet<ItemType> = new Set<ItemType>([
  "event",
  "transaction",
  "security",
  "raw_security",
  "unreal_report",
  "feedback",
]);

/** Attachments from which a server builds the event itself. */
const EVENT_ATTACHMENTS: ReadonlySet<string> = new Set([
  "event.minidump",
  "event.applecrashreport",
  "event.payload",
  "event.breadcrumbs",
  "playstation.prosperodump",
  "nswitch.dying_message",
]);

/** The item type of a header's `type` text, old names included; null for a type we do not know. */
export function toItemType(text: string): ItemType | null {
  return TYPES_BY_NAME.get(text) ?? null;
}

/** True when an item of this type belongs to an event: the server makes an id if the envelope names none. */
export function needsEventId(type: ItemType): boolean {
  return NEED_EVENT_ID.has(type);
}

/** True when this item makes an event by itself, crash dumps among the attachments included. */
export function createsEvent(header: ItemHeader): boolean {
  const type = toItemType(header.type);
  if (type === null) return false;
  if (type === "attachment") return EVENT_ATTACHMENTS.has(header.attachment_type ?? "");
  return CREATE_EVENT.has(type);
}

/** True for an item whose payload is `{"items": […]}`: logs, metrics, and spans of the second version. */
export function isContainer(header: ItemHeader): boolean {
  if (header.type === "span") return mediaType(header) === CONTENT_TYPES.spanContainer;
  return header.type === "log" || header.type === "trace_metric";
}

function mediaType(header: ItemHeader): string {
  const [type = ""] = (header.content_type ?? "").split(";", 1);
  return type.trim().toLowerCase();
}
