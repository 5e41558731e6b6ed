import { z } from "zod";
import { filterSchema } from "../../domain/rule.js";
import { levels } from "../../domain/issue.js";
import type { MatchOperator } from "../../domain/rule.js";
import { compilePattern } from "./pattern.js";

type TagFilter = Extract<z.infer<typeof filterSchema>, { tag: unknown }>;
/** Key, operator and value of a tag or attribute filter. */
export type Match = TagFilter["tag"];

/** Says whether the values an event has under one key pass. No values means that the key is missing. */
type ValuesTest = (values: readonly string[]) => boolean;

export type MatcherResult =
  | { readonly ok: true; readonly test: ValuesTest }
  | { readonly ok: false; readonly problem: string };

type OneTest = (value: string) => boolean;

/** Each negative operator and the positive one it is the opposite of. */
const opposites: Partial<Record<MatchOperator, MatchOperator>> = {
  is_not: "is",
  not_contains: "contains",
  not_starts: "starts",
  not_ends: "ends",
  not_in: "in",
  not_regex: "regex",
  not_set: "is_set",
};

const texts: Partial<Record<MatchOperator, (value: string, wanted: string) => boolean>> = {
  is: (value, wanted) => value === wanted,
  in: (value, wanted) => value === wanted,
  contains: (value, wanted) => value.includes(wanted),
  starts: (value, wanted) => value.startsWith(wanted),
  ends: (value, wanted) => value.endsWith(wanted),
};

const orders: Partial<Record<MatchOperator, (difference: number) => boolean>> = {
  gt: (difference) => difference > 0,
  gte: (difference) => difference >= 0,
  lt: (difference) => difference < 0,
  lte: (difference) => difference <= 0,
};

/**
 * Compiles an operator and its value, once per rule (alerting sheet 1.4; the one matcher for live events and
 * back-tests).
 *
 * Letters' case does not count. A positive operator needs one value that passes, a negative one needs that none does,
 * so a missing key makes negatives true. Several wanted values mean "any of them"; for `in` they may also be written
 * as one text with commas. `gt` and its kin compare numbers, or levels by severity.
 */
export function compileMatcher(match: Match): MatcherResult {
  const positive = opposites[match.op];
  const compiled = compilePositive(match, positive ?? match.op);
  if (!compiled.ok) return compiled;
  const { test } = compiled;
  return {
    ok: true,
    test: positive ? (values) => !values.some(test) : (values) => values.some(test),
  };
}

function compilePositive(
  match: Match,
  op: MatchOperator,
): { ok: true; test: OneTest } | { ok: false; problem: string } {
  if (op === "is_set") return { ok: true, test: (value) => value !== "" };
  const wanted = wantedValues(match, op);
  if (wanted.length === 0) return { ok: false, problem: `needs a value for ${match.op}` };
  if (op === "regex") return compileAnyPattern(wanted);
  const order = orders[op];
  if (order) return compileOrder(wanted, order);
  const compare = texts[op];
  if (!compare) return { ok: false, problem: `has the unknown operator ${match.op}` };
  const folded = wanted.map((one) => one.toLowerCase());
  return {
    ok: true,
    test: (value) => {
      const lower = value.toLowerCase();
      return folded.some((one) => compare(lower, one));
    },
  };
}

function wantedValues({ value }: Match, op: MatchOperator): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  const text = String(value);
  return op === "in" ? text.split(",").map((one) => one.trim()) : [text];
}

function compileAnyPattern(
  wanted: readonly string[],
): { ok: true; test: OneTest } | { ok: false; problem: string } {
  const tests: OneTest[] = [];
  for (const text of wanted) {
    const pattern = compilePattern(text);
    if (!pattern.ok) return pattern;
    tests.push(pattern.test);
  }
  return { ok: true, test: (value) => tests.some((test) => test(value)) };
}

function compileOrder(
  wanted: readonly string[],
  holds: (difference: number) => boolean,
): { ok: true; test: OneTest } | { ok: false; problem: string } {
  const bounds = wanted.map(rankOf);
  if (bounds.some((bound) => bound === null)) {
    return { ok: false, problem: "compares with something that is neither a number nor a level" };
  }
  return {
    ok: true,
    test: (value) => {
      const rank = rankOf(value);
      return rank !== null && bounds.some((bound) => bound !== null && holds(rank - bound));
    },
  };
}

/** A number as it is, a level as its place in the order of severity; null for anything else. */
function rankOf(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  const level = levels.findIndex((name) => name === trimmed);
  if (level >= 0) return level;
  const number = trimmed === "" ? Number.NaN : Number(trimmed);
  return Number.isFinite(number) ? number : null;
}
