export { PROTOCOL_VERSION, parseAuthHeader, readAuth } from "./auth.js";
export type { AuthError, AuthErrorCode, AuthInput, AuthOk, AuthResult, AuthSource } from "./auth.js";
export { DATA_CATEGORIES, isDataCategory, lookedUpNames, toDataCategory } from "./category.js";
export type { DataCategory } from "./category.js";
export { parseClientReport } from "./client-report.js";
export type { ClientReport, Discarded } from "./client-report.js";
export { CORS_HEADERS, PREFLIGHT_HEADERS } from "./cors.js";
export { dsnMatches, formatDsn, isProjectId, isPublicKey, parseDsn } from "./dsn.js";
export type { Dsn } from "./dsn.js";
export { MAX_ENVELOPE_ITEMS, MAX_HEADER_BYTES, parseEnvelope, parseEnvelopeHeader } from "./envelope.js";
export type {
  Envelope,
  EnvelopeError,
  EnvelopeErrorCode,
  EnvelopeHead,
  EnvelopeHeader,
  EnvelopeItem,
  EnvelopeLimits,
  ItemHeader,
} from "./envelope.js";
export { writeEnvelope } from "./envelope-writer.js";
export type { ItemToWrite, WriteOptions } from "./envelope-writer.js";
export { EVENT_TYPES, LEVELS } from "./event.js";
export type {
  Breadcrumb,
  Contexts,
  DebugImage,
  DebugMeta,
  NormalisedEvent,
  EventSpan,
  EventType,
  Geo,
  JsonContext,
  Level,
  LogEntry,
  Measurement,
  ProcessingError,
  Request,
  Sdk,
  TraceContextValues,
  User,
  Values,
} from "./event.js";
export { fillVariables } from "./fill-variables.js";
export type { FilledDocument, MissingVariable } from "./fill-variables.js";
export { isNilEventId, newEventId, normaliseEventId } from "./event-id.js";
export type { ExceptionValue, Frame, Mechanism, Stacktrace, Thread } from "./event-stack.js";
export { categoriesOf } from "./item-category.js";
export type { CategoryQuantity } from "./item-category.js";
export {
  REPLAY_MAX_INFLATED_BYTES,
  containerElementMaxBytes,
  findLimitBreach,
  itemLimits,
  limitGroupOf,
} from "./item-limits.js";
export type { ItemLimit, LimitBreach, LimitGroup } from "./item-limits.js";
export {
  CONTENT_TYPES,
  ITEM_TYPES,
  createsEvent,
  isContainer,
  needsEventId,
  toItemType,
} from "./item-type.js";
export type { ItemType } from "./item-type.js";
export { CLIENT_DISCARD_REASONS, FILTER_REASONS, INVALID_REASONS, OUTCOMES, tooLarge } from "./outcome.js";
export type { ClientDiscardReason, FilterReason, InvalidReason, Outcome, TooLargeReason } from "./outcome.js";
export { isRecord } from "./json.js";
export type { Json, JsonObject } from "./json.js";
export { MAX_RETRY_AFTER_SECONDS, formatRateLimits, parseRateLimits, retryAfterOf } from "./rate-limits.js";
export type { RateLimit } from "./rate-limits.js";
export { parseTimestamp } from "./timestamp.js";
export { parseTraceContext } from "./trace-context.js";
export type { TraceContext } from "./trace-context.js";
