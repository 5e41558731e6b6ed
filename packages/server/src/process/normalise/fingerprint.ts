import { asJsonText } from "./bag.js";
import type { Place } from "./notes.js";

/** Parts kept; two or three are usual. */
const MAX_PARTS = 100;
const DEFAULT = /^\{\{\s*default\s*\}\}$/;

/**
 * Reads the fingerprint (ingest sheet 6.8): booleans become `True` and `False`, fractions are cut off, nulls go,
 * objects and lists go with a note. Undefined when it is absent, no list, or means the default grouping anyway.
 */
export function normaliseFingerprint(sent: unknown, event: Place): readonly string[] | undefined {
  if (!Array.isArray(sent)) {
    if (sent !== undefined && sent !== null) event.at("fingerprint").invalid("expected a list");
    return undefined;
  }
  const parts = sent.slice(0, MAX_PARTS).flatMap((part: unknown, index) => readPart(part, event, index));
  const [only] = parts;
  return only === undefined || (parts.length === 1 && DEFAULT.test(only)) ? undefined : parts;
}

function readPart(part: unknown, event: Place, index: number): readonly string[] {
  if (typeof part === "string") return [part];
  if (typeof part === "boolean") return [part ? "True" : "False"];
  if (typeof part === "number" && Number.isFinite(part)) return [asJsonText(Math.trunc(part))];
  if (part !== null) event.at("fingerprint").at(index).invalid("expected a string");
  return [];
}
