import { isRecord } from "@vedette/protocol";
import type { Contexts, EventSpan, Measurement, NormalisedEvent } from "@vedette/protocol";
import { bagLimits } from "./bag.js";
import { toSpanId, toTraceId } from "./contexts.js";
import type { EventTimes } from "./event-times.js";
import { Fields } from "./fields.js";
import { toSpanStatus } from "./span-status.js";
import { textLimits } from "./text-limit.js";
import { sanitiseTransactionName } from "./transaction-name.js";

const UNLABELED = "<unlabeled transaction>";
/** Spans read of one transaction; SDKs stop at 1,000. */
const MAX_SPANS = 10_000;
const MAX_MEASUREMENTS = 100;

/** What only transactions have; all fields are absent for other events. */
export type TransactionParts = Pick<
  NormalisedEvent,
  "start_timestamp" | "transaction" | "transaction_info" | "spans" | "measurements"
>;

/**
 * Reads what only transactions have (ingest sheet 5.2): start, spans, measurements, and the name without ids.
 *
 * @returns null when the transaction is invalid: no start or end, end before start, no trace context, or a span
 *   without ids or times
 */
export function normaliseTransactionParts(
  event: Fields,
  times: EventTimes,
  contexts: Contexts | undefined,
): TransactionParts | null {
  if (!times.isDated || times.start === undefined || times.start > times.timestamp) return null;
  if (contexts?.trace?.trace_id === undefined) return null;
  const spans = readSpans(event, times);
  if (spans === null) return null;
  const name = event.trimmed("transaction", textLimits.name200);
  const info = event.object("transaction_info");
  const source = info?.trimmed("source", textLimits.name64);
  const sanitised = sanitiseTransactionName(name ?? UNLABELED, source, sdkNameOf(event));
  const original = sanitised.original ?? info?.text("original", textLimits.name200);
  return {
    start_timestamp: times.start,
    transaction: sanitised.name,
    transaction_info: { source: sanitised.source, original },
    spans: spans.length === 0 ? undefined : spans,
    measurements: readMeasurements(event.object("measurements")),
  };
}

function sdkNameOf(event: Fields): string {
  const sdk = event.raw["sdk"];
  return isRecord(sdk) && typeof sdk["name"] === "string" ? sdk["name"] : "";
}

function readSpans(event: Fields, times: EventTimes): readonly EventSpan[] | null {
  const sent = event.raw["spans"];
  if (!Array.isArray(sent)) return [];
  const place = event.place.at("spans");
  if (sent.length > MAX_SPANS) place.shortened(sent.length);
  const spans: EventSpan[] = [];
  for (const raw of sent.slice(0, MAX_SPANS)) {
    if (raw === null) continue;
    const span = isRecord(raw) ? readSpan(new Fields(raw, place.at(spans.length)), times) : null;
    if (span === null) return null;
    spans.push(span);
  }
  return spans;
}

function readSpan(fields: Fields, times: EventTimes): EventSpan | null {
  const { raw } = fields;
  const spanId = toSpanId(raw["span_id"]);
  const traceId = toTraceId(raw["trace_id"]);
  const start = times.toSeconds(raw["start_timestamp"]);
  const end = times.toSeconds(raw["timestamp"]);
  if (spanId === undefined || traceId === undefined || start === undefined || end === undefined) return null;
  if (end < start) return null;
  return {
    span_id: spanId,
    trace_id: traceId,
    parent_span_id: toSpanId(raw["parent_span_id"]),
    op: fields.trimmed("op", textLimits.name128) ?? "default",
    description: fields.text("description", textLimits.message),
    status: raw["status"] === undefined || raw["status"] === null ? undefined : toSpanStatus(raw["status"]),
    origin: fields.trimmed("origin", textLimits.name128),
    start_timestamp: start,
    timestamp: end,
    data: fields.bag("data", bagLimits.large),
    tags: fields.bag("tags", bagLimits.medium),
  };
}

function readMeasurements(fields: Fields | undefined): { readonly [name: string]: Measurement } | undefined {
  if (fields === undefined) return undefined;
  const measurements = Object.entries(fields.raw).flatMap(([name, sent]): [string, Measurement][] => {
    const key = name.trim().toLowerCase().slice(0, textLimits.name200.max);
    const value = isRecord(sent) ? sent["value"] : sent;
    if (key === "" || typeof value !== "number" || !Number.isFinite(value)) return [];
    const unit = isRecord(sent) && typeof sent["unit"] === "string" ? sent["unit"].slice(0, 64) : undefined;
    return [[key, unit === undefined ? { value } : { value, unit }]];
  });
  return measurements.length === 0 ? undefined : Object.fromEntries(measurements.slice(0, MAX_MEASUREMENTS));
}
