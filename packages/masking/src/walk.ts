import { isCreditCardNumber, maskCreditCard } from "./detectors/credit-card.js";
import type { JsonRecord } from "./json-record.js";
import { isPairList, isRecord } from "./json-record.js";
import type { KeyRules, KeyVerdict } from "./key-rules.js";
import type { MaskingStyle } from "./options.js";
import type { RuleRemark } from "./replace-in-place.js";
import { IP_TEXT, SECRET_TEXT } from "./rule-set.js";
import { isSessionCookie } from "./sensitive-keys.js";
import { SECRET_RULE, SENSITIVE_FIELD_RULE } from "./text-rules.js";
import type { TextRules } from "./text-rules.js";

/** What was changed at one place of a payload. */
export interface Remark {
  /** Keys and list positions from the root, as in `_meta`. */
  readonly path: readonly string[];
  readonly rules: readonly RuleRemark[];
  /** Length of the text that stood there, in UTF-16 units; absent for other types. */
  readonly length?: number;
}

/** The compiled rules a walk applies. */
export interface WalkRules {
  readonly style: MaskingStyle;
  readonly scrubDefaults: boolean;
  readonly scrubIpAddresses: boolean;
  readonly value: TextRules;
  readonly body: TextRules;
  readonly key: KeyRules;
  /** Dotted safe paths, lower case. */
  readonly safePaths: ReadonlySet<string>;
  /** Last names of the safe paths. */
  readonly safeLeaves: ReadonlySet<string>;
}

/** Answer of a visit that takes the field away. */
export const REMOVED = Symbol("removed");

/** Deeper than any payload the protocol keeps (7 levels); what lies below goes unseen, so it is not let through. */
const MAX_DEPTH = 64;

/** Lists in frame variables arrive as `{"0": …}`, so positions count as little among names as in lists. */
const LIST_POSITION = /^\d+$/;

type Visit = (value: unknown) => unknown;

/**
 * One pass over one payload. Every method returns its input, the same reference, when nothing changed and a copy of
 * the changed branch otherwise; the payload itself is never written to. Remarks gather in `remarks`.
 */
export class Walk {
  readonly remarks: Remark[] = [];
  readonly rules: WalkRules;
  readonly #path: (string | number)[] = [];
  readonly #names: string[] = [];
  #depth = 0;

  constructor(rules: WalkRules) {
    this.rules = rules;
  }

  /** A possibly personal value of any type: strings, numbers and everything below by the value rules. */
  value(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value, this.rules.value);
    if (typeof value === "number") return this.#number(value);
    if (typeof value !== "object" || value === null) return value;
    return this.#deeper(value, () => {
      if (isRecord(value)) return this.record(value, (field, key) => this.entry(key, field));
      return Array.isArray(value) ? this.list(value, (item) => this.value(item)) : value;
    });
  }

  /** Text people read, alone or anywhere inside a structure: replaced in place only. */
  body(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value, this.rules.body);
    if (typeof value !== "object" || value === null) return value;
    return this.#deeper(value, () => {
      if (isRecord(value)) return this.record(value, (field) => this.body(field));
      return Array.isArray(value) ? this.list(value, (item) => this.body(item)) : value;
    });
  }

  /** The value under a key of a possibly personal record; may answer `REMOVED`. */
  entry(key: string, value: unknown): unknown {
    const verdict = this.rules.key(key);
    if (verdict === "plain") return this.isSafePath() ? value : this.value(value);
    return verdict === "keep" || this.isSafePath() ? value : this.#judged(verdict, value);
  }

  /** `[key, value]` pairs or an object, each value by its key; anything else by the value rules. */
  pairs(
    value: unknown,
    visit: (key: string, value: unknown) => unknown = (key, field) => this.entry(key, field),
  ): unknown {
    if (isRecord(value))
      return this.#deeper(value, () => this.record(value, (field, key) => visit(key, field)));
    if (!isPairList(value)) return this.value(value);
    let copy: unknown[] | undefined;
    value.forEach(([key, before], index) => {
      this.#path.push(index, 1);
      this.#names.push(key);
      const after = visit(key, before);
      this.#names.pop();
      this.#path.length -= 2;
      if (after === before) return;
      copy ??= [...value];
      copy[index] = [key, after === REMOVED ? IP_TEXT : after];
    });
    return copy ?? value;
  }

  /** Cookies as a line (`a=b; c=d`), pairs or an object: session cookies go, the rest is treated by its key. */
  cookies(value: unknown): unknown {
    if (typeof value === "string") return this.#cookieLine(value);
    return this.pairs(value, (name, field) =>
      this.rules.scrubDefaults &&
      isSessionCookie(name) &&
      this.rules.key(name) === "plain" &&
      !this.isSafePath()
        ? this.whole(field, "@cookie:filter")
        : this.entry(name, field),
    );
  }

  /** Replaces a value of any type and notes it; null, empty text and what was replaced before stay. */
  whole(value: unknown, rule: string): unknown {
    const secret = SECRET_TEXT[this.rules.style];
    if (value === null || value === undefined || value === "") return value;
    if (isReplacement(value)) return value;
    this.#note([[rule, "s", 0, secret.length]], typeof value === "string" ? value.length : undefined);
    return secret;
  }

  /** Takes a field away and notes it; already absent values stay. */
  remove(value: unknown, rule: string): unknown {
    if (value === null || value === undefined) return value;
    this.#note([[rule, "x"]]);
    return REMOVED;
  }

  /** Visits the fields of an object, or only those named. */
  record(
    fields: JsonRecord,
    visit: (value: unknown, key: string) => unknown,
    keys = Object.keys(fields),
  ): JsonRecord {
    let copy: Record<string, unknown> | undefined;
    for (const key of keys) {
      const before = fields[key];
      this.#path.push(key);
      this.#names.push(key);
      const after = visit(before, key);
      this.#names.pop();
      this.#path.pop();
      if (after === before) continue;
      copy ??= { ...fields };
      if (after === REMOVED) delete copy[key];
      else copy[key] = after;
    }
    return copy ?? fields;
  }

  /** True when the place the walk stands at is one of the project's safe paths. */
  isSafePath(): boolean {
    // Asked for every field: the last name alone rules nearly all of them out.
    if (
      this.rules.safePaths.size === 0 ||
      !this.rules.safeLeaves.has(this.#names.at(-1)?.toLowerCase() ?? "")
    )
      return false;
    const names = this.#names.filter((name) => !LIST_POSITION.test(name));
    return this.rules.safePaths.has(names.join(".").toLowerCase());
  }

  #judged(verdict: Exclude<KeyVerdict, "plain" | "keep">, value: unknown): unknown {
    switch (verdict) {
      case "sensitive":
        return this.whole(value, SENSITIVE_FIELD_RULE);
      case "secret":
        return this.whole(value, SECRET_RULE);
      case "cookie":
        return this.whole(value, "@cookie:filter");
      case "address":
        return this.remove(value, "@ip:remove");
      case "cookies":
      case "cookie-header":
        return this.cookies(value);
      case "body":
        return this.body(value);
      default:
        return verdict satisfies never;
    }
  }

  /** Visits every entry of a list; a removed one becomes null, so that positions stay. */
  list(items: readonly unknown[], visit: Visit): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let index = 0; index < items.length; index++) {
      const before = items[index];
      this.#path.push(index);
      const after = visit(before);
      this.#path.pop();
      if (after === before) continue;
      copy ??= [...items];
      copy[index] = after === REMOVED ? null : after;
    }
    return copy ?? items;
  }

  #deeper(value: unknown, visit: () => unknown): unknown {
    if (this.#depth >= MAX_DEPTH) return this.whole(value, "!limit");
    this.#depth++;
    const result = visit();
    this.#depth--;
    return result;
  }

  #text(text: string, rules: TextRules): string {
    const scrubbed = rules(text);
    if (scrubbed === undefined) return text;
    this.#note(scrubbed.remarks, text.length);
    return scrubbed.text;
  }

  #number(value: number): unknown {
    if (!this.rules.scrubDefaults || !isCreditCardNumber(value)) return value;
    if (this.rules.style === "filtered") return this.whole(value, "@creditcard:filter");
    this.#note([["@creditcard:mask", "m"]]);
    return maskCreditCard(String(value));
  }

  #cookieLine(line: string): string {
    const scrubbed = line
      .split(";")
      .map((part) => this.#cookiePart(part))
      .join(";");
    if (scrubbed !== line) this.#note([["@cookie:filter", "s"]], line.length);
    return scrubbed;
  }

  #cookiePart(part: string): string {
    const equals = part.indexOf("=");
    const name = part.slice(0, Math.max(equals, 0)).trim();
    const value = part.slice(equals + 1);
    const verdict = this.rules.key(name);
    if (verdict === "keep" || value === "") return part;
    const isSession = this.rules.scrubDefaults && isSessionCookie(name);
    const isSecret = verdict === "secret" || verdict === "sensitive" || isSession;
    const after = isSecret ? SECRET_TEXT[this.rules.style] : (this.rules.value(value)?.text ?? value);
    return isReplacement(value) ? part : part.slice(0, equals + 1) + after;
  }

  #note(rules: readonly RuleRemark[], length?: number): void {
    const path = this.#path.map(String);
    this.remarks.push(length === undefined ? { path, rules } : { path, rules, length });
  }
}

function isReplacement(value: unknown): boolean {
  return value === SECRET_TEXT.filtered || value === SECRET_TEXT.masked;
}
