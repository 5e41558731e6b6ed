import { AppError } from "../../../shared/app-error.js";
import type { EventParam } from "../../../store/events/port.js";
import { booleanOf, mustNotCompare, numberOf, timeComparisons } from "./compared-value.js";
import type { EventField } from "./search-keys.js";
import type { Pattern, Term } from "./search-query.js";

/** Conditions in ClickHouse's SQL with the values they name; text of a caller is only ever a value. */
export class EventSql {
  readonly params: Record<string, EventParam> = {};
  readonly conditions: string[] = [];

  /** A placeholder for the value. @param type ClickHouse's, such as `String` */
  value(value: EventParam, type: string): string {
    const known = Object.keys(this.params);
    // Parameters travel in the URL: what is asked of several columns is sent once.
    const name = known.find((one) => this.params[one] === value) ?? `p${known.length}`;
    this.params[name] = value;
    return `{${name}:${type}}`;
  }

  add(condition: string): void {
    this.conditions.push(condition);
  }

  /** All conditions joined; true without any. */
  where(): string {
    return this.conditions.length === 0 ? "1" : this.conditions.map((one) => `(${one})`).join(" AND ");
  }
}

const messageColumns = ["message", "title", "exception_value"];

/**
 * Adds the term as a condition on event rows; null for `field` means a tag.
 *
 * @throws AppError invalid
 */
export function addEventTerm(
  events: EventSql,
  term: Term,
  { field, now }: { field: EventField | null; now: number },
): void {
  const condition = field ? fieldCondition(events, term, { field, now }) : tagCondition(events, term);
  events.add(term.negated ? `NOT (${condition})` : condition);
}

/** Adds "the event has a value for the key", or has none when negated. */
export function addEventPresence(
  events: EventSql,
  key: string,
  { field, negated }: { field: EventField | null; negated: boolean },
): void {
  const condition = presence(events, key, field);
  events.add(negated ? `NOT (${condition})` : condition);
}

/** Adds free text: somewhere in the title, message or exception. */
export function addEventText(events: EventSql, text: Pattern): void {
  events.add(anyOf(messageColumns.map((column) => textCondition(events, column, ["", ...text, ""]))));
}

function fieldCondition(
  events: EventSql,
  term: Term,
  { field, now }: { field: EventField; now: number },
): string {
  if (field.kind === "time") {
    return timeComparisons(term, now)
      .map(({ operator, value }) => {
        const at = `fromUnixTimestamp64Milli(${events.value(Math.round(value), "Int64")})`;
        return `${field.column} ${operator} ${at}`;
      })
      .join(" AND ");
  }
  mustNotCompare(term);
  if (field.kind === "handled") return booleanOf(term) === field.handled ? "handled != 0" : "handled = 0";
  return anyOf(
    term.values.flatMap((value) => field.columns.map((column) => textCondition(events, column, value))),
  );
}

function tagCondition(events: EventSql, term: Term): string {
  const value = `tags[${events.value(term.key, "String")}]`;
  if (term.operator === "=") return anyOf(term.values.map((one) => textCondition(events, value, one)));
  const number = events.value(numberOf(term, term.values[0]), "Float64");
  return `ifNull(toFloat64OrNull(${value}) ${term.operator} ${number}, 0)`;
}

/** Without regard to case. An empty value stands for "has none". */
function textCondition(events: EventSql, column: string, value: Pattern): string {
  if (value.length === 1) {
    if (value[0] === "") return `${column} = ''`;
    return `lowerUTF8(${column}) = lowerUTF8(${events.value(value[0], "String")})`;
  }
  const pattern = value.map((part) => part.replaceAll(/[\\%_]/g, String.raw`\$&`)).join("%");
  return `lowerUTF8(${column}) LIKE lowerUTF8(${events.value(pattern, "String")})`;
}

function presence(events: EventSql, key: string, field: EventField | null): string {
  if (!field) return `mapContains(tags, ${events.value(key, "String")})`;
  if (field.kind === "time") return "1";
  if (field.kind === "handled") return "handled != -1";
  return anyOf(field.columns.map((column) => `${column} != ''`));
}

function anyOf(conditions: readonly string[]): string {
  if (conditions.length === 0) throw new AppError("invalid", "A term needs a value.");
  return conditions.join(" OR ");
}
