import { AppError } from "../../../shared/app-error.js";
import { addEventPresence, addEventTerm, addEventText } from "./event-conditions.js";
import type { EventSql } from "./event-conditions.js";
import { hasIssueValue, issueCondition, issueTextCondition, negatable } from "./issue-conditions.js";
import type { IssueCondition } from "./issue-conditions.js";
import { findNamedThings } from "./named-things.js";
import type { SearchScope } from "./named-things.js";
import { findKey, isUnsupportedKey } from "./search-keys.js";
import type { SearchKey } from "./search-keys.js";
import { literalOf } from "./search-query.js";
import type { SearchQuery, Term } from "./search-query.js";

/** Where a query is answered: conditions on issue rows, and conditions one event of the issue has to meet. */
export interface SearchPlan {
  readonly issue: readonly IssueCondition[];
  /** Adds the event conditions to a statement; null when no event has to be read. */
  readonly addEventConditions: ((events: EventSql) => void) | null;
}

/**
 * Splits a query into what the issue rows know and what only events know. All event terms have to hold for the
 * same event; a negated one asks for an event that differs.
 *
 * @throws AppError invalid
 */
export async function planSearch(scope: SearchScope, query: SearchQuery, now: number): Promise<SearchPlan> {
  const named = await findNamedThings(scope, query.terms);
  const issue: IssueCondition[] = [];
  const steps: ((events: EventSql) => void)[] = [];
  for (const term of query.terms) {
    const { key, term: asked, isPresence } = resolveTerm(term);
    const field = key?.issue ?? null;
    if (field && isPresence) issue.push(negatable(asked, hasIssueValue(field)));
    else if (field) issue.push(issueCondition(term, field, { now, named }));
    else steps.push(eventStep(asked, { key, isPresence, now }));
  }
  if (query.text) issue.push(issueTextCondition(query.text));
  if (steps.length === 0) return { issue, addEventConditions: null };
  return {
    issue,
    addEventConditions: (events) => {
      for (const step of steps) step(events);
    },
  };
}

/** Adds a whole query to a statement over events, for the list of an issue's events. @throws AppError invalid */
export function addEventQuery(events: EventSql, query: SearchQuery, now: number): void {
  for (const term of query.terms) {
    const { key, term: asked, isPresence } = resolveTerm(term);
    if (key && !key.event) {
      throw new AppError("invalid", `${term.key} is a key of issues; it cannot be asked of events.`);
    }
    eventStep(asked, { key, isPresence, now })(events);
  }
  if (query.text) addEventText(events, query.text);
}

function eventStep(
  term: Term,
  { key, isPresence, now }: { key: SearchKey | null; isPresence: boolean; now: number },
): (events: EventSql) => void {
  const field = key?.event ?? null;
  return (events) => {
    if (isPresence) addEventPresence(events, term.key, { field, negated: term.negated });
    else addEventTerm(events, term, { field, now });
  };
}

interface ResolvedTerm {
  /** Null for a tag. */
  readonly key: SearchKey | null;
  /** The term on the key itself: `has:x` is about x. */
  readonly term: Term;
  readonly isPresence: boolean;
}

function resolveTerm(term: Term): ResolvedTerm {
  if (!term.isTag && isUnsupportedKey(term.key)) {
    throw new AppError(
      "invalid",
      `${term.key} is not supported: Vedette keeps nothing it could answer from.`,
    );
  }
  if (term.isTag || term.key !== "has") {
    return { key: term.isTag ? null : findKey(term.key), term, isPresence: false };
  }
  if (term.values.length > 1) throw new AppError("invalid", "has: does not take a list.");
  const name = literalOf(term.values[0]);
  const tag = /^tags\[([^\]]+)\]$/.exec(name)?.[1];
  return {
    key: tag === undefined ? findKey(name) : null,
    term: { ...term, key: tag ?? name },
    isPresence: true,
  };
}
