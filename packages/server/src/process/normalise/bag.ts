import type { Json, JsonObject } from "@vedette/protocol";
import type { Place } from "./notes.js";
import { cutText } from "./text-limit.js";

/** How much of a free value is kept. */
export interface BagLimit {
  /** JSON characters, reckoned cheaply: each number counts as 8. */
  readonly maxChars: number;
  /** Levels of containers, the outermost counting as the first. */
  readonly maxDepth: number;
}

/** Sizes of ingest sheet 6.15. */
export const bagLimits = {
  small: { maxChars: 1024, maxDepth: 3 },
  medium: { maxChars: 2048, maxDepth: 5 },
  large: { maxChars: 8192, maxDepth: 7 },
  larger: { maxChars: 16_384, maxDepth: 7 },
  flags: { maxChars: 132_072, maxDepth: 7 },
  massive: { maxChars: 262_144, maxDepth: 7 },
} as const satisfies Record<string, BagLimit>;

const NUMBER_CHARS = 8;
/** A cut text shorter than this says nothing; it is dropped instead. */
const MIN_USEFUL_CHARS = 8;

/**
 * Brings a free value under a limit: texts are cut, entries over the size are dropped from the end, containers
 * too deep become JSON text. A value within the limit comes back as it is, without a copy; each cut is noted.
 * Numbers no JSON can hold become null.
 */
export function trimBag(value: unknown, limit: BagLimit, place: Place): Json {
  if (spend(value, limit.maxDepth, limit.maxChars) >= 0) return value as Json;
  return trim(value, { left: limit.maxChars }, { depth: limit.maxDepth, place });
}

/** `trimBag` for an object; entries of an object are kept in order. */
export function trimObject(value: Record<string, unknown>, limit: BagLimit, place: Place): JsonObject {
  return trimBag(value, limit, place) as JsonObject;
}

/** Characters left of `budget` after the value, or a negative number when it is too large, too deep or no JSON. */
function spend(value: unknown, depth: number, budget: number): number {
  switch (typeof value) {
    case "string":
      return budget - value.length - 2;
    case "number":
      return Number.isFinite(value) ? budget - NUMBER_CHARS : -1;
    case "boolean":
      return budget - 5;
    case "object":
      return value === null ? budget - 4 : spendContainer(value, depth, budget - 2);
    default:
      return -1;
  }
}

function spendContainer(value: object, depth: number, budget: number): number {
  if (depth <= 0) return -1;
  let left = budget;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && left >= 0; index += 1)
      left = spend(value[index], depth - 1, left - 1);
    return left;
  }
  const record = value as Record<string, unknown>;
  for (const key in record) {
    left = spend(record[key], depth - 1, left - key.length - 4);
    if (left < 0) return left;
  }
  return left;
}

interface Budget {
  left: number;
}

interface Where {
  readonly depth: number;
  readonly place: Place;
}

function trim(value: unknown, budget: Budget, where: Where): Json {
  if (typeof value === "string") return trimText(value, budget, where.place);
  if (typeof value === "object" && value !== null) {
    if (where.depth <= 0) return trimText(asJsonText(value), budget, where.place);
    return Array.isArray(value) ? trimArray(value, budget, where) : trimRecord(value, budget, where);
  }
  budget.left -= NUMBER_CHARS;
  if (typeof value === "bigint") return String(value);
  return typeof value === "boolean" || Number.isFinite(value) ? (value as boolean | number) : null;
}

function trimText(text: string, budget: Budget, place: Place): string {
  const room = Math.max(0, budget.left - 2);
  budget.left -= text.length + 2;
  if (text.length <= room) return text;
  const kept = cutText(text, room);
  place.cut(text.length, kept.length);
  return kept;
}

function trimArray(value: readonly unknown[], budget: Budget, { depth, place }: Where): Json {
  const kept: Json[] = [];
  for (const [index, entry] of value.entries()) {
    if (budget.left < MIN_USEFUL_CHARS) break;
    budget.left -= 1;
    kept.push(trim(entry, budget, { depth: depth - 1, place: place.at(index) }));
  }
  if (kept.length < value.length) place.shortened(value.length);
  return kept;
}

function trimRecord(value: object, budget: Budget, { depth, place }: Where): Json {
  const kept: { [key: string]: Json } = {};
  const entries = Object.entries(value);
  let count = 0;
  for (const [key, entry] of entries) {
    if (budget.left < key.length + MIN_USEFUL_CHARS) break;
    count += 1;
    // Assigning this key would set the prototype instead.
    if (key === "__proto__") continue;
    budget.left -= key.length + 4;
    kept[key] = trim(entry, budget, { depth: depth - 1, place: place.at(key) });
  }
  if (count < entries.length) place.shortened(entries.length);
  return kept;
}

/** JSON text of any value; a fixed word for values nested too deep for the engine to write. */
export function asJsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    // Only nesting of many thousand levels or a bigint gets here, and neither is worth more.
    return "[unreadable]";
  }
}
