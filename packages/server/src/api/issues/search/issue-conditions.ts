import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import { AppError } from "../../../shared/app-error.js";
import { mustNotCompare, numberOf, timeComparisons } from "./compared-value.js";
import type { Comparison } from "./compared-value.js";
import { literalOf } from "./search-query.js";
import type { Operator, Pattern, Term } from "./search-query.js";
import type { IssueField } from "./search-keys.js";

/** A condition on the table `issue`; every value in it is bound. */
export type IssueCondition = RawBuilder<SqlBool>;

/** What terms refer to by name, looked up before the conditions are written. */
export interface NamedThings {
  /** Assignees a written name stands for (`user:…`, `team:…`); null for "nobody". */
  readonly assignees: ReadonlyMap<string, readonly (string | null)[]>;
  /** Releases a term on versions, packages or `latest` stands for. */
  readonly releases: ReadonlyMap<Term, readonly string[]>;
}

const statusConditions: Readonly<Record<string, IssueCondition>> = {
  unresolved: sql`issue.status = 'unresolved'`,
  resolved: sql`issue.status = 'resolved'`,
  ignored: sql`issue.status = 'archived'`,
  archived: sql`issue.status = 'archived'`,
  muted: sql`issue.status = 'archived'`,
  assigned: sql`issue.assignee is not null`,
  unassigned: sql`issue.assignee is null`,
  for_review: sql`issue.status = 'unresolved' and issue.substatus in ('new', 'regressed', 'escalating')`,
  // Nothing outside links to issues yet.
  linked: sql`1 = 0`,
  unlinked: sql`1 = 1`,
  ...Object.fromEntries(
    [
      "new",
      "ongoing",
      "escalating",
      "regressed",
      "archived_until_escalating",
      "archived_until_condition_met",
      "archived_forever",
    ].map((name) => [name, sql<SqlBool>`issue.substatus = ${name}`]),
  ),
};

/** The values `is:` takes. */
export const statusWords: readonly string[] = Object.keys(statusConditions);

const operators: Readonly<Record<Operator, RawBuilder<unknown>>> = {
  "=": sql`=`,
  ">": sql`>`,
  ">=": sql`>=`,
  "<": sql`<`,
  "<=": sql`<=`,
};

/**
 * Writes one term as a condition on issue rows. Text compares without regard to case, as far as the database knows
 * case (SQLite: ASCII only).
 *
 * @throws AppError invalid
 */
export function issueCondition(
  term: Term,
  field: IssueField,
  { now, named }: { now: number; named: NamedThings },
): IssueCondition {
  if (field.kind === "time") {
    return negatable(
      term,
      all(timeComparisons(term, now).map((one) => compare(sql.ref(`issue.${field.column}`), one))),
    );
  }
  if (field.kind === "number") {
    const column = sql.ref(`issue.${field.column}`);
    const comparisons = term.values.map((value) => ({
      operator: term.operator,
      value: numberOf(term, value),
    }));
    return negatable(term, any(comparisons.map((one) => compare(column, one))));
  }
  // The part of a release may be compared (`release.version:>1.2`); its names were looked up with the operator.
  if (field.kind !== "release") mustNotCompare(term);
  return negatable(term, plainCondition(term, field, named));
}

function plainCondition(term: Term, field: IssueField, named: NamedThings): IssueCondition {
  switch (field.kind) {
    case "status":
      return statusCondition(term);
    case "assignee":
      return any(term.values.map((value) => assigneeCondition(named.assignees.get(literalOf(value)) ?? [])));
    case "short-id":
      return any(term.values.map(shortIdCondition));
    case "environment":
      return sql`exists (select 1 from issue_environment seen where seen.issue_id = issue.id
        and ${anyText(sql`seen.environment`, term.values)})`;
    case "release":
      return releaseCondition(term, named);
    case "first-release": {
      const releases = named.releases.get(term);
      return releases
        ? isOneOf(sql`issue.first_release`, releases)
        : anyText(sql`issue.first_release`, term.values);
    }
    case "text":
      return anyText(sql.ref(`issue.${field.column}`), term.values);
    default:
      throw new AppError("invalid", `${term.key} cannot be searched like this.`);
  }
}

function statusCondition(term: Term): IssueCondition {
  if (term.values.length > 1) throw new AppError("invalid", "is: does not take a list.");
  const word = literalOf(term.values[0]).toLowerCase();
  const condition = Object.hasOwn(statusConditions, word) ? statusConditions[word] : undefined;
  if (condition) return condition;
  throw new AppError(
    "invalid",
    `Invalid value for is: "${word.slice(0, 40)}". It takes ${statusWords.join(", ")}.`,
  );
}

function assigneeCondition(assignees: readonly (string | null)[]): IssueCondition {
  return any(
    assignees.map((one) => (one === null ? sql`issue.assignee is null` : sql`issue.assignee = ${one}`)),
  );
}

function shortIdCondition(value: Pattern): IssueCondition {
  const parsed = parseShortId(literalOf(value));
  if (!parsed) throw new AppError("invalid", "issue: takes a short id such as CHECKOUT-17.");
  return sql`issue.short_id = ${parsed.number} and issue.project_id in
    (select project.id from project where lower(project.slug) = lower(${parsed.slug}))`;
}

/** `CHECKOUT-17` as slug and number; null for anything else. */
export function parseShortId(text: string): { slug: string; number: number } | null {
  const match = /^([\w-]{1,100})-(\d{1,9})$/.exec(text);
  return match?.[1] && match[2] ? { slug: match[1], number: Number(match[2]) } : null;
}

function releaseCondition(term: Term, named: NamedThings): IssueCondition {
  const releases = named.releases.get(term);
  const condition = releases
    ? isOneOf(sql`seen."release"`, releases)
    : anyText(sql`seen."release"`, term.values);
  return sql`exists (select 1 from issue_release seen where seen.issue_id = issue.id and ${condition})`;
}

/** Free text: somewhere in the title, the culprit or what is known of the exception. */
export function issueTextCondition(text: Pattern): IssueCondition {
  const inside = likePattern(["", ...text, ""]);
  // The metadata is JSON text, so what is looked for has to be written the same way.
  const inJson = likePattern(["", ...text.map((part) => JSON.stringify(part).slice(1, -1)), ""]);
  return any([
    sql`lower(issue.title) like lower(${inside}) escape '!'`,
    sql`lower(issue.culprit) like lower(${inside}) escape '!'`,
    sql`lower(issue.metadata) like lower(${inJson}) escape '!'`,
  ]);
}

/** `has:`: whether the issue has any value for the key. */
export function hasIssueValue(field: IssueField): IssueCondition {
  switch (field.kind) {
    case "assignee":
      return sql`issue.assignee is not null`;
    case "first-release":
      return sql`issue.first_release is not null`;
    case "release":
      return sql`exists (select 1 from issue_release seen where seen.issue_id = issue.id)`;
    case "environment":
      return sql`exists (select 1 from issue_environment seen where seen.issue_id = issue.id and seen.environment <> '')`;
    case "text":
      return sql`${sql.ref(`issue.${field.column}`)} <> ''`;
    default:
      return sql`1 = 1`;
  }
}

/** The condition, or its opposite; unknown counts as not true. */
export function negatable(term: Pick<Term, "negated">, condition: IssueCondition): IssueCondition {
  return term.negated ? sql`not coalesce((${condition}), false)` : sql`(${condition})`;
}

function compare(column: RawBuilder<unknown>, { operator, value }: Comparison): IssueCondition {
  // Whole numbers only: a fraction does not fit PostgreSQL's bigint, and rounding keeps what it means.
  const whole = operator === ">" || operator === "<=" ? Math.floor(value) : Math.ceil(value);
  return sql`${column} ${operators[operator]} ${whole}`;
}

function anyText(column: RawBuilder<unknown>, values: readonly Pattern[]): IssueCondition {
  return any(values.map((value) => textCondition(column, value)));
}

function textCondition(column: RawBuilder<unknown>, value: Pattern): IssueCondition {
  if (value.length > 1) return sql`lower(${column}) like lower(${likePattern(value)}) escape '!'`;
  if (value[0] === "") return sql`coalesce(${column}, '') = ''`;
  return sql`lower(${column}) = lower(${value[0]})`;
}

/** `%` between the parts; what means something to LIKE is escaped by `!`. */
function likePattern(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/[!%_]/g, "!$&")).join("%");
}

function isOneOf(column: RawBuilder<unknown>, values: readonly string[]): IssueCondition {
  return values.length === 0 ? sql`1 = 0` : sql`${column} in (${sql.join(values)})`;
}

/** True when one of them holds; false for none at all. */
function any(conditions: readonly IssueCondition[]): IssueCondition {
  if (conditions.length === 0) return sql`1 = 0`;
  return sql`(${sql.join(conditions, sql` or `)})`;
}

/** True when each of them holds, also for none at all. */
export function all(conditions: readonly IssueCondition[]): IssueCondition {
  if (conditions.length === 0) return sql`1 = 1`;
  return sql`(${sql.join(conditions, sql` and `)})`;
}
