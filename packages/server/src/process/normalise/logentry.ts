import { isRecord } from "@vedette/protocol";
import type { Json, JsonObject, LogEntry } from "@vedette/protocol";
import { asJsonText, bagLimits } from "./bag.js";
import { Fields } from "./fields.js";
import { formatMessage } from "./message-format.js";
import type { Place } from "./notes.js";
import { cutText, exceeds, textLimits } from "./text-limit.js";

/**
 * Reads the message in any of its forms: text, `{message, params, formatted}`, or other JSON, which becomes its own
 * text (ingest sheet 6.10). A template without parameters is what a person reads already and moves to `formatted`.
 *
 * @returns undefined for null, false, empty text, and an object with neither `message` nor `formatted`
 */
export function normaliseLogentry(sent: unknown, event: Place): LogEntry | undefined {
  if (sent === undefined || sent === null || sent === false || sent === "") return undefined;
  const place = event.at("logentry");
  if (isRecord(sent) && ("message" in sent || "formatted" in sent)) return readEntry(new Fields(sent, place));
  if (isRecord(sent) || (Array.isArray(sent) && sent.length === 0)) {
    if (isRecord(sent) && Object.keys(sent).length > 0) place.invalid("a message needs text");
    return undefined;
  }
  return {
    formatted: limitedText(typeof sent === "string" ? sent : asJsonText(sent), place.at("formatted")),
  };
}

function readEntry(fields: Fields): LogEntry | undefined {
  const message = readText(fields, "message");
  const formatted = readText(fields, "formatted");
  const params = readParams(fields);
  if (message === undefined) {
    return formatted === undefined ? undefined : { formatted, params };
  }
  if (params === undefined) {
    return formatted === undefined || formatted === message ? { formatted: message } : { message, formatted };
  }
  const text = formatted ?? limitedText(formatMessage(message, params), fields.place.at("formatted"));
  return { message, formatted: text, params };
}

function readText(fields: Fields, key: "message" | "formatted"): string | undefined {
  const sent = fields.raw[key];
  if (sent === undefined || sent === null || sent === "" || sent === false) return undefined;
  return limitedText(typeof sent === "string" ? sent : asJsonText(sent), fields.place.at(key));
}

function readParams(fields: Fields): readonly Json[] | JsonObject | undefined {
  const params = fields.any("params", bagLimits.large);
  if (params === undefined || Array.isArray(params) || isRecord(params)) {
    return params as readonly Json[] | JsonObject | undefined;
  }
  fields.place.at("params").invalid("expected a list or an object");
  return undefined;
}

function limitedText(text: string, place: Place): string {
  if (!exceeds(text, textLimits.message)) return text;
  const kept = cutText(text, textLimits.message.max);
  place.cut(text.length, kept.length);
  return kept;
}
