import { isRecord } from "@vedette/protocol";
import type { Json, JsonObject } from "@vedette/protocol";
import { trimBag, trimObject } from "./bag.js";
import type { BagLimit } from "./bag.js";
import type { Place } from "./notes.js";
import { cutText, exceeds } from "./text-limit.js";
import type { TextLimit } from "./text-limit.js";

const UNSIGNED = /^\d{1,15}$/;

/**
 * Reads the fields of one object leniently (ingest sheet 6.14): scalars serve as text, numeric text as number,
 * PHP's `[]` as an empty object. A field which is absent or empty is undefined; one which cannot be read is
 * undefined and noted. Nothing throws.
 */
export class Fields {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly place: Place;

  constructor(raw: Readonly<Record<string, unknown>>, place: Place) {
    this.raw = raw;
    this.place = place;
  }

  /** A text under a limit; cut and noted when longer. Numbers and booleans are written out. */
  text(key: string, limit: TextLimit): string | undefined {
    const value = this.raw[key];
    if (value === undefined || value === null || value === "") return undefined;
    const text = lenientText(value);
    if (text === undefined) {
      this.place.at(key).invalid("expected a string");
      return undefined;
    }
    return exceeds(text, limit) ? this.#cut(key, text, limit) : text;
  }

  /** `text` without white space at its ends; undefined when only that is there. */
  trimmed(key: string, limit: TextLimit): string | undefined {
    return this.text(key, limit)?.trim() || undefined;
  }

  /** A whole number from 0 on, also from numeric text and from fractions, which are cut off. */
  unsigned(key: string): number | undefined {
    const value = this.raw[key];
    if (value === undefined || value === null || value === "") return undefined;
    const number = typeof value === "string" && UNSIGNED.test(value) ? Number(value) : value;
    if (typeof number === "number" && number >= 0 && number <= Number.MAX_SAFE_INTEGER)
      return Math.trunc(number);
    this.place.at(key).invalid("expected an unsigned integer");
    return undefined;
  }

  /** A boolean; anything else is undefined. */
  flag(key: string): boolean | undefined {
    const value = this.raw[key];
    if (typeof value === "boolean") return value;
    if (value !== undefined && value !== null) this.place.at(key).invalid("expected a boolean");
    return undefined;
  }

  /** The fields of an object; undefined when there is none or it is empty. */
  object(key: string): Fields | undefined {
    const value = this.raw[key];
    if (value === undefined || value === null || isEmptyList(value)) return undefined;
    if (isRecord(value)) return isEmpty(value) ? undefined : new Fields(value, this.place.at(key));
    this.place.at(key).invalid("expected an object");
    return undefined;
  }

  /** A free object under a limit; undefined when empty. */
  bag(key: string, limit: BagLimit): JsonObject | undefined {
    const value = this.raw[key];
    if (value === undefined || value === null || isEmptyList(value)) return undefined;
    if (isRecord(value)) return isEmpty(value) ? undefined : trimObject(value, limit, this.place.at(key));
    this.place.at(key).invalid("expected an object");
    return undefined;
  }

  /** Any value under a limit; undefined when absent, null or an empty container or text. */
  any(key: string, limit: BagLimit): Json | undefined {
    const value = this.raw[key];
    if (value === undefined || value === null || value === "" || isEmptyList(value)) return undefined;
    if (isRecord(value) && isEmpty(value)) return undefined;
    return trimBag(value, limit, this.place.at(key));
  }

  #cut(key: string, text: string, limit: TextLimit): string {
    const kept = cutText(text, limit.max);
    this.place.at(key).cut(text.length, kept.length);
    return kept;
  }
}

/** Text of a scalar, booleans as Python writes them (`True`, `False`); undefined for anything else. */
export function lenientText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "bigint" ? String(value) : undefined;
}

/**
 * Entries of a list in any of its forms: `{"values": […]}`, a bare array (Go), one bare object, null. Nulls
 * among the entries stay, for their index is what remarks refer to.
 */
export function valuesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return [];
  if (!("values" in value)) return isEmpty(value) ? [] : [value];
  const { values } = value;
  if (Array.isArray(values)) return values;
  return isRecord(values) ? [values] : [];
}

/**
 * Pairs of a map in any of its forms: an object, or a list of `[key, value]`. Entries that are no pair are
 * passed over and noted; null where the whole is neither form.
 */
export function pairsOf(value: unknown, place: Place): readonly (readonly [unknown, unknown])[] | null {
  if (isRecord(value)) return Object.entries(value);
  if (!Array.isArray(value)) return null;
  const pairs: (readonly [unknown, unknown])[] = [];
  for (const [index, entry] of value.entries()) {
    if (Array.isArray(entry) && entry.length === 2) pairs.push([entry[0], entry[1]]);
    else if (entry !== null) place.at(index).invalid("expected a pair");
  }
  return pairs;
}

/** The object itself, or undefined when none of its fields has a value. */
export function unlessEmpty<T extends object>(object: T): T | undefined {
  return Object.values(object).some((value) => value !== undefined) ? object : undefined;
}

/** True for an object without own fields. */
export function isEmpty(value: object): boolean {
  for (const _key in value) return false;
  return true;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
