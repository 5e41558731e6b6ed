import { isRecord } from "@vedette/protocol";
import type { ExceptionValue, Stacktrace, Values } from "@vedette/protocol";
import { asJsonText } from "./bag.js";
import { Fields, lenientText, valuesOf } from "./fields.js";
import { normaliseMechanism } from "./mechanism.js";
import type { Place } from "./notes.js";
import { normaliseStacktrace } from "./stacktrace.js";
import { cutText, exceeds, textLimits } from "./text-limit.js";

/** Chained exceptions kept; the last ones are nearest to what was raised. */
const MAX_EXCEPTIONS = 100;

/** `TypeError: text`, as some SDKs put it into the value alone. */
const TYPE_IN_VALUE = /^([A-Za-z_$][\w.$:]{0,200}):[ \n]([^]+)$/;

/** What the exceptions need to know of the event around them. */
export interface ExceptionsInput {
  readonly place: Place;
  readonly isApple: boolean;
  /** Deprecated top-level trace; it belongs to a single exception that has none. */
  readonly stacktrace: Stacktrace | undefined;
}

/**
 * Reads the chain of exceptions, oldest first (ingest sheet 6.4). Entries with neither type nor value are dropped
 * and noted; undefined when none is left.
 */
export function normaliseExceptions(
  sent: unknown,
  input: ExceptionsInput,
): Values<ExceptionValue> | undefined {
  const all = valuesOf(sent);
  if (all.length === 0) return undefined;
  const place = input.place.at("exception").at("values");
  if (all.length > MAX_EXCEPTIONS) place.shortened(all.length);
  const values: ExceptionValue[] = [];
  for (const entry of all.slice(-MAX_EXCEPTIONS)) {
    if (entry === null) continue;
    const exception = readException(entry, place.at(values.length), input.isApple);
    if (exception !== null) values.push(exception);
  }
  const [only] = values;
  if (only === undefined) return undefined;
  if (values.length > 1 || only.stacktrace !== undefined || input.stacktrace === undefined) return { values };
  return { values: [{ ...only, stacktrace: input.stacktrace }] };
}

function readException(entry: unknown, place: Place, isApple: boolean): ExceptionValue | null {
  if (!isRecord(entry)) {
    place.invalid("expected an exception");
    return null;
  }
  const fields = new Fields(entry, place);
  const { type, value } = readTypeAndValue(fields);
  if (type === undefined && value === undefined) {
    place.invalid("an exception needs a type or a value");
    return null;
  }
  return {
    type,
    value,
    module: fields.text("module", textLimits.name256),
    thread_id: readThreadId(entry["thread_id"]),
    stacktrace: normaliseStacktrace(fields.object("stacktrace")),
    raw_stacktrace: normaliseStacktrace(fields.object("raw_stacktrace")),
    mechanism: normaliseMechanism(fields.object("mechanism"), isApple),
  };
}

/** A thread's id, a number or a text up to 128 characters; undefined for anything else. */
export function readThreadId(value: unknown): string | number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "string" && value !== "" ? cutText(value, 128) : undefined;
}

function readTypeAndValue(fields: Fields): Pick<ExceptionValue, "type" | "value"> {
  const type = fields.text("type", textLimits.exceptionType);
  const value = readValue(fields);
  if (type !== undefined || value === undefined) return { type, value };
  const match = TYPE_IN_VALUE.exec(value);
  return match === null ? { type, value } : { type: match[1], value: match[2] };
}

function readValue(fields: Fields): string | undefined {
  const sent = fields.raw["value"];
  if (sent === undefined || sent === null || sent === "") return undefined;
  const text = typeof sent === "boolean" ? String(sent) : (lenientText(sent) ?? asJsonText(sent));
  if (!exceeds(text, textLimits.message)) return text;
  const kept = cutText(text, textLimits.message.max);
  fields.place.at("value").cut(text.length, kept.length);
  return kept;
}
