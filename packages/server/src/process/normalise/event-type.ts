import { EVENT_TYPES, isRecord } from "@vedette/protocol";
import type { EventType } from "@vedette/protocol";

const KNOWN: ReadonlySet<string> = new Set(EVENT_TYPES);
const SECURITY_TYPES = ["csp", "hpkp", "expectct", "expectstaple"] as const;

/**
 * Decides what an event is (ingest sheet 5.1): the type it names unless that is `default` or unknown; `error` when
 * it holds an exception; the kind of security report it carries; `default` otherwise.
 */
export function inferEventType(raw: Readonly<Record<string, unknown>>, hasException: boolean): EventType {
  const sent = raw["type"];
  if (typeof sent === "string" && sent !== "default" && isEventType(sent)) return sent;
  if (hasException) return "error";
  return SECURITY_TYPES.find((type) => isRecord(raw[type])) ?? "default";
}

function isEventType(text: string): text is EventType {
  return KNOWN.has(text);
}
