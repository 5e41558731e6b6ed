/** How an item's way ended (names as in https://github.com/getsentry/relay, relay-server/src/services/outcome.rs). */
export const OUTCOMES = [
  "accepted",
  "filtered",
  "rate_limited",
  "invalid",
  "abuse",
  "client_discard",
  "cardinality_limited",
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Reasons of the outcome `invalid`; a size limit is reported as `too_large:<item type>`, see `tooLarge`. */
export const INVALID_REASONS = [
  "duplicate",
  "project_id",
  "auth_version",
  "auth_client",
  "no_data",
  "disallowed_method",
  "content_type",
  "multi_project_id",
  "missing_minidump_upload",
  "invalid_minidump",
  "security_report_type",
  "security_report",
  "cors",
  "process_unreal",
  "invalid_signature",
  "missing_signature",
  "payload",
  "invalid_json",
  "invalid_multipart",
  "invalid_msgpack",
  "invalid_proto",
  "invalid_transaction",
  "invalid_envelope",
  "invalid_compression",
  "timestamp",
  "project_state",
  "duplicate_item",
  "no_event_payload",
  "internal",
  "transaction_sampled",
  "empty_envelope",
  "invalid_replay",
  "invalid_replay_no_payload",
  "invalid_log",
  "invalid_span",
  "feature_disabled",
  "transaction_attachment",
] as const;

export type InvalidReason = (typeof INVALID_REASONS)[number] | TooLargeReason;

export type TooLargeReason = `too_large:${string}`;

/** Reasons of the outcome `filtered`: the keys of the inbound filters. */
export const FILTER_REASONS = [
  "ip-address",
  "release-version",
  "error-message",
  "browser-extensions",
  "legacy-browsers",
  "localhost",
  "web-crawlers",
  "invalid-csp",
  "filtered-transaction",
  "chunk-load-error",
  "react-hydration-errors",
  "log-message",
  "trace-metric-name",
  "cors",
  "discarded-hash",
  "custom-error",
] as const;

export type FilterReason = (typeof FILTER_REASONS)[number];

/** Reasons SDKs give in client reports; others are kept as text (outcome `client_discard`). */
export const CLIENT_DISCARD_REASONS = [
  "queue_overflow",
  "cache_overflow",
  "buffer_overflow",
  "ratelimit_backoff",
  "network_error",
  "send_error",
  "sample_rate",
  "before_send",
  "event_processor",
  "internal_sdk_error",
  "insufficient_data",
  "backpressure",
  "ignored",
  "invalid",
  "no_parent_span",
] as const;

export type ClientDiscardReason = (typeof CLIENT_DISCARD_REASONS)[number];

/** The reason for an item over its size limit, by item type or limit group. */
export function tooLarge(what: string): TooLargeReason {
  return `too_large:${what}`;
}
