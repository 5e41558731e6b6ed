import { parseDuration } from "../../../domain/duration.js";
import { AppError } from "../../../shared/app-error.js";
import { literalOf } from "./search-query.js";
import type { Operator, Pattern, Term } from "./search-query.js";

/** A comparison with a number; for times in milliseconds since 1970. */
export interface Comparison {
  readonly operator: Operator;
  readonly value: number;
}

const dayMs = 24 * 3_600_000;

/**
 * What a time term asks: `-24h` within the last day, `+12h` longer ago, `>2026-01-31T10:00`, or one day or second.
 *
 * @returns comparisons which all have to hold
 * @throws AppError invalid
 */
export function timeComparisons(term: Term, now: number): readonly Comparison[] {
  const text = singleValue(term);
  const relative = /^([+-])(.+)$/.exec(text);
  const spanMs = relative?.[2] === undefined ? null : parseDuration(relative[2]);
  if (spanMs !== null && term.operator === "=") {
    return [{ operator: relative?.[1] === "-" ? ">=" : "<=", value: now - spanMs }];
  }
  const at = instantOf(text);
  if (at === null) {
    throw new AppError(
      "invalid",
      `Invalid time for ${term.key}: write -24h, +7d or a date such as >2026-01-31T10:00:00.`,
    );
  }
  if (term.operator !== "=") return [{ operator: term.operator, value: at }];
  const lengthMs = /^\d{4}-\d\d-\d\d$/.test(text) ? dayMs : 1_000;
  return [
    { operator: ">=", value: at },
    { operator: "<", value: at + lengthMs },
  ];
}

/** Milliseconds since 1970 of an ISO date or time; UTC when it names no zone. */
function instantOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return null;
  const isBareTime = text.includes("T") && !/(Z|[+-]\d\d:?\d\d)$/.test(text);
  const at = Date.parse(isBareTime ? `${text}Z` : text);
  return Number.isNaN(at) ? null : at;
}

/** @throws AppError invalid when the value is no number */
export function numberOf(term: Term, pattern: Pattern): number {
  const text = literalOf(pattern);
  if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(text)) {
    throw new AppError("invalid", `Invalid number for ${term.key}: ${text.slice(0, 40)}`);
  }
  return Number(text);
}

/** `true`, `1`, `yes` or their opposites. @throws AppError invalid */
export function booleanOf(term: Term): boolean {
  const text = singleValue(term).toLowerCase();
  if (["true", "1", "yes"].includes(text)) return true;
  if (["false", "0", "no"].includes(text)) return false;
  throw new AppError("invalid", `Invalid value for ${term.key}: it takes true or false.`);
}

/** @throws AppError invalid for a list */
function singleValue(term: Term): string {
  if (term.values.length > 1) throw new AppError("invalid", `${term.key} does not take a list.`);
  return literalOf(term.values[0]);
}

/** @throws AppError invalid when the term compares by size */
export function mustNotCompare(term: Term): void {
  if (term.operator !== "=") {
    throw new AppError("invalid", `${term.key} cannot be compared with ${term.operator}.`);
  }
}
