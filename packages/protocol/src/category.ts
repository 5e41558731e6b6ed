/**
 * Names of what is counted, limited and reported. Only names travel on the wire, never ids
 * (https://github.com/getsentry/relay, relay-base-schema/src/data_category.rs). Units: `attachment`, `log_byte`
 * and `trace_metric_byte` count bytes, the others count things.
 */
export const DATA_CATEGORIES = [
  "default",
  "error",
  "transaction",
  "security",
  "attachment",
  "attachment_item",
  "session",
  "profile",
  "profile_chunk",
  "profile_chunk_ui",
  "replay",
  "monitor",
  "span",
  "feedback",
  "log_item",
  "log_byte",
  "trace_metric",
  "trace_metric_byte",
] as const;

export type DataCategory = (typeof DATA_CATEGORIES)[number];

const KNOWN: ReadonlySet<string> = new Set(DATA_CATEGORIES);

/** Names only SDKs use, in client reports. */
const SDK_NAMES: ReadonlyMap<string, DataCategory> = new Map([
  ["metric", "trace_metric"],
  ["crash", "error"],
]);

/**
 * What SDKs look up before they send differs from the category's own name; a limit must name all of these to be
 * obeyed by JavaScript and Python alike (packages/core/src/utils/ratelimit.ts, sentry_sdk/transport.py).
 */
const LOOKED_UP: Partial<Record<DataCategory, readonly string[]>> = {
  attachment_item: ["attachment_item", "attachment"],
  feedback: ["feedback", "default"],
  log_byte: ["log_byte", "log_item"],
  profile_chunk: ["profile_chunk", "profile"],
  profile_chunk_ui: ["profile_chunk_ui", "profile_chunk", "profile"],
  trace_metric: ["trace_metric", "metric"],
  trace_metric_byte: ["trace_metric_byte", "trace_metric", "metric"],
};

/** The category of a name as SDKs write it, its SDK-only aliases included; null for a name we do not count. */
export function toDataCategory(name: string): DataCategory | null {
  return isDataCategory(name) ? name : (SDK_NAMES.get(name) ?? null);
}

/** True for a name in `DATA_CATEGORIES`. */
export function isDataCategory(name: string): name is DataCategory {
  return KNOWN.has(name);
}

/** The names a rate limit on this category has to carry so that every SDK stops sending; the own name comes first. */
export function lookedUpNames(category: DataCategory): readonly string[] {
  return LOOKED_UP[category] ?? [category];
}
