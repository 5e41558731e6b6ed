import { isRecord } from "@vedette/protocol";
import type { Contexts, JsonContext, TraceContextValues } from "@vedette/protocol";
import { bagLimits, trimObject } from "./bag.js";
import type { Fields } from "./fields.js";
import { isEmpty } from "./fields.js";
import type { Place } from "./notes.js";
import { toSpanStatus } from "./span-status.js";

/** Contexts kept; SDKs send about ten. */
const MAX_CONTEXTS = 100;
const MAX_NAME_LENGTH = 200;

const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;
const NIL = /^0+$/;

/**
 * Reads the contexts (ingest sheet 6.7): each is an object of at most 8 KiB, its `type` the key unless it says
 * otherwise. Null and empty ones are dropped, others that are no object are noted. Undefined when none is left.
 */
export function normaliseContexts(fields: Fields | undefined): Contexts | undefined {
  if (fields === undefined) return undefined;
  const contexts: [string, JsonContext][] = [];
  for (const name of Object.keys(fields.raw)) {
    const value = fields.raw[name];
    if (value === null || name === "" || name.length > MAX_NAME_LENGTH) continue;
    const context = isRecord(value) ? readContext(name, value, fields.place) : undefined;
    if (context !== undefined) contexts.push([name, context]);
    else if (!isRecord(value) && !Array.isArray(value)) fields.place.at(name).invalid("expected an object");
    if (contexts.length === MAX_CONTEXTS) break;
  }
  return contexts.length === 0 ? undefined : Object.fromEntries(contexts);
}

/** A trace id as 32 lower-case hex characters, hyphens allowed when sent; undefined when nil or no id. */
export function toTraceId(value: unknown): string | undefined {
  return toHexId(value, TRACE_ID);
}

/** A span id as 16 lower-case hex characters; undefined when nil or no id. */
export function toSpanId(value: unknown): string | undefined {
  return toHexId(value, SPAN_ID);
}

function toHexId(value: unknown, form: RegExp): string | undefined {
  if (typeof value !== "string") return undefined;
  const id = form.test(value) ? value : value.replaceAll("-", "").toLowerCase();
  return form.test(id) && !NIL.test(id) ? id : undefined;
}

function readContext(name: string, value: Record<string, unknown>, place: Place): JsonContext | undefined {
  if (isEmpty(value)) return undefined;
  const type = typeof value["type"] === "string" && value["type"] !== "" ? value["type"] : name;
  const own = place.at(name);
  if (type === "trace") return readTrace(value, own);
  const kept = trimObject(value, name === "flags" ? bagLimits.flags : bagLimits.large, own);
  return { ...kept, type };
}

function readTrace(value: Record<string, unknown>, place: Place): TraceContextValues | undefined {
  const traceId = toTraceId(value["trace_id"]);
  const spanId = toSpanId(value["span_id"]);
  if (traceId === undefined || spanId === undefined) {
    place.invalid("a trace needs a trace_id and a span_id");
    return undefined;
  }
  const { status } = value;
  return {
    ...trimObject(value, bagLimits.large, place),
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: toSpanId(value["parent_span_id"]),
    op: textOf(value["op"]) ?? "default",
    status: status === undefined || status === null ? undefined : toSpanStatus(status),
    origin: textOf(value["origin"]),
    type: "trace",
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;
}
