import type { EnvelopeItem, ItemHeader } from "./envelope.js";
import { isContainer, toItemType } from "./item-type.js";
import type { ItemType } from "./item-type.js";

/** Items that share one allowance. */
export type LimitGroup =
  | "event"
  | "attachment"
  | "profile"
  | "session"
  | "check_in"
  | "client_report"
  | "span"
  | "span_container"
  | "log"
  | "trace_metric"
  | "replay_recording"
  | "replay_video"
  | "nel"
  | "legacy_metric";

export interface ItemLimit {
  /** Items of the group in one envelope. */
  readonly maxItems: number;
  /** Bytes of one payload. */
  readonly maxItemBytes: number;
  /** Bytes of all payloads of the group together. */
  readonly maxTotalBytes: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

function together(maxItems: number, maxBytes: number): ItemLimit {
  return { maxItems, maxItemBytes: maxBytes, maxTotalBytes: maxBytes };
}

/**
 * Default limits of one envelope, uncompressed
 * (https://github.com/getsentry/relay, relay-config/src/config.rs and relay-server/src/utils/sizes.rs).
 * For `nel`, which upstream treats as logs, and the dead metric types the figures are ours.
 */
export const itemLimits: Readonly<Record<LimitGroup, ItemLimit>> = {
  event: together(1, MIB),
  attachment: together(30, 200 * MIB),
  profile: together(1, 50 * MIB),
  session: together(100, 10 * MIB),
  check_in: together(1, 100 * KIB),
  client_report: together(100, 100 * KIB),
  span: { maxItems: 25, maxItemBytes: 10 * MIB, maxTotalBytes: 250 * MIB },
  span_container: together(1, 12 * MIB),
  log: together(1, 12 * MIB),
  trace_metric: together(1, 12 * MIB),
  replay_recording: together(1, 10 * MIB),
  replay_video: together(1, 10 * MIB),
  nel: together(100, MIB),
  legacy_metric: together(100, MIB),
};

/** Bytes of one element inside a container, by container type. */
export const containerElementMaxBytes = { span: 10 * MIB, log: 2 * MIB, trace_metric: MIB } as const;

/** Inflated bytes of one replay recording or video. */
export const REPLAY_MAX_INFLATED_BYTES = 100 * MIB;

const GROUPS: Readonly<Record<ItemType, LimitGroup>> = {
  event: "event",
  transaction: "event",
  security: "event",
  raw_security: "event",
  feedback: "event",
  replay_event: "event",
  form_data: "event",
  attachment: "attachment",
  user_report: "attachment",
  unreal_report: "attachment",
  session: "session",
  sessions: "session",
  check_in: "check_in",
  client_report: "client_report",
  span: "span",
  log: "log",
  trace_metric: "trace_metric",
  profile: "profile",
  profile_chunk: "profile",
  replay_recording: "replay_recording",
  replay_video: "replay_video",
  nel: "nel",
  statsd: "legacy_metric",
  metric_buckets: "legacy_metric",
  metric_meta: "legacy_metric",
};

/** The allowance an item draws on; null for unknown types, which are skipped anyway. */
export function limitGroupOf(header: ItemHeader): LimitGroup | null {
  const type = toItemType(header.type);
  if (type === null) return null;
  return type === "span" && isContainer(header) ? "span_container" : GROUPS[type];
}

/** The item at which an envelope broke a limit. */
export interface LimitBreach {
  /** `type` of the item's header. */
  readonly type: string;
  readonly group: LimitGroup;
  readonly measure: keyof ItemLimit;
}

/** Finds the first item over a limit; null when the envelope keeps to all of them. A breach refuses the envelope whole. */
export function findLimitBreach(
  items: readonly EnvelopeItem[],
  limits: Readonly<Record<LimitGroup, ItemLimit>> = itemLimits,
): LimitBreach | null {
  const used = new Map<LimitGroup, { items: number; bytes: number }>();
  for (const { header, payload } of items) {
    const group = limitGroupOf(header);
    if (group === null) continue;
    const before = used.get(group);
    const now = { items: (before?.items ?? 0) + 1, bytes: (before?.bytes ?? 0) + payload.length };
    used.set(group, now);
    const measure = brokenMeasure(limits[group], now, payload.length);
    if (measure !== null) return { type: header.type, group, measure };
  }
  return null;
}

function brokenMeasure(
  limit: ItemLimit,
  used: { readonly items: number; readonly bytes: number },
  itemBytes: number,
): keyof ItemLimit | null {
  if (used.items > limit.maxItems) return "maxItems";
  if (itemBytes > limit.maxItemBytes) return "maxItemBytes";
  return used.bytes > limit.maxTotalBytes ? "maxTotalBytes" : null;
}
