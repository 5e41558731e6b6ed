import type { EventFacts } from "../../domain/change.js";
import { parseDuration } from "../../domain/duration.js";
import { levels } from "../../domain/issue.js";
import type { Filter } from "../../domain/rule.js";
import { compileMatcher } from "./matcher.js";
import type { Match } from "./matcher.js";

/** What filters may ask about an issue, as of now. */
export interface IssueFacts {
  readonly id: number;
  readonly status: string;
  readonly level: string;
  readonly priority: string;
  readonly category: string;
  /** Milliseconds since 1970. */
  readonly firstSeen: number;
  readonly timesSeen: number;
  /** Every way the assignee is called: `user:<id>` and the e-mail address where known, `team:<slug>`. Empty: nobody. */
  readonly assignees: readonly string[];
}

/** One event of an issue, and the circumstances. The event is null when the change has none to show. */
export interface FilterSubject {
  readonly event: EventFacts | null;
  readonly issue: IssueFacts;
  /** Newest release of the project, within the rule's environment where it has one; null when there is none. */
  readonly latestRelease: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface CompiledFilter {
  /** A few words for the trace: `level error, fatal`. */
  readonly label: string;
  readonly holds: (subject: FilterSubject) => boolean;
}

export type FilterResult =
  | { readonly ok: true; readonly filter: CompiledFilter }
  | { readonly ok: false; readonly problem: string };

/** Makes a filter of its written form; fails only on patterns and comparisons that can never work. */
export function compileFilter(filter: Filter): FilterResult {
  if ("tag" in filter) return compileMatch("tag", filter.tag, tagValues);
  if ("attribute" in filter) return compileMatch("attribute", filter.attribute, attributeValues);
  return { ok: true, filter: compilePlain(filter) };
}

type PlainFilter = Exclude<Filter, { tag: unknown } | { attribute: unknown }>;

function compilePlain(filter: PlainFilter): CompiledFilter {
  if ("level" in filter) return levelFilter(filter.level);
  if ("age" in filter) return ageFilter(filter.age);
  if ("priority" in filter) return oneOf("priority", filter.priority, ({ issue }) => issue.priority);
  if ("category" in filter) return oneOf("category", filter.category, ({ issue }) => issue.category);
  if ("environment" in filter) {
    return oneOf("environment", filter.environment, ({ event }) => event?.environment ?? null);
  }
  if ("assignee" in filter) return assigneeFilter(filter.assignee);
  if ("times_seen" in filter) {
    const least = filter.times_seen;
    return { label: `seen at least ${least} times`, holds: ({ issue }) => issue.timesSeen >= least };
  }
  return {
    label: "latest release",
    holds: ({ event, latestRelease }) =>
      latestRelease !== null && event !== null && event.release === latestRelease,
  };
}

function compileMatch(
  what: "tag" | "attribute",
  match: Match,
  valuesOf: (event: EventFacts, key: string) => readonly string[],
): FilterResult {
  const matcher = compileMatcher(match);
  if (!matcher.ok) return { ok: false, problem: `${what} "${match.key}" ${matcher.problem}` };
  const value = match.value === undefined ? "" : ` ${[match.value].flat().join(", ")}`;
  return {
    ok: true,
    filter: {
      label: `${what} ${match.key} ${match.op.replaceAll("_", " ")}${value}`,
      holds: ({ event }) => matcher.test(event ? valuesOf(event, match.key) : []),
    },
  };
}

/** Facts of an event that filters may also name as a tag or attribute. */
const namedFacts = ["level", "platform", "environment", "release"] as const;

function namedFact(event: EventFacts, key: string): readonly string[] {
  const name = namedFacts.find((one) => one === key);
  return name && event[name] ? [event[name]] : [];
}

/** Sentry's internal names carry `sentry:`, which imported rules may hold on to. */
function tagValues(event: EventFacts, key: string): readonly string[] {
  const plain = key.replace(/^sentry:/, "");
  const name = [key, plain, `sentry:${plain}`].find((one) => Object.hasOwn(event.tags, one));
  const value = name === undefined ? undefined : event.tags[name];
  return value === undefined ? namedFact(event, plain) : [value];
}

function attributeValues(event: EventFacts, key: string): readonly string[] {
  const values = Object.hasOwn(event.attributes, key) ? event.attributes[key] : undefined;
  return values ?? namedFact(event, key);
}

type LevelWanted = Extract<Filter, { level: unknown }>["level"];

function levelFilter(wanted: LevelWanted): CompiledFilter {
  const rank = (name: string) => levels.findIndex((level) => level === name);
  const levelOf = ({ event, issue }: FilterSubject) => event?.level ?? issue.level;
  if (typeof wanted === "object" && "gte" in wanted) {
    return {
      label: `level ${wanted.gte} or worse`,
      holds: (subject) => rank(levelOf(subject)) >= rank(wanted.gte),
    };
  }
  if (typeof wanted === "object" && "lte" in wanted) {
    const holds = (subject: FilterSubject) => rank(levelOf(subject)) <= rank(wanted.lte);
    return { label: `level ${wanted.lte} or milder`, holds };
  }
  return oneOf("level", wanted, levelOf);
}

type AgeWanted = Extract<Filter, { age: unknown }>["age"];

function ageFilter(age: AgeWanted): CompiledFilter {
  const isOlder = "older" in age;
  const text = isOlder ? age.older : age.newer;
  const limitMs = parseDuration(text) ?? 0;
  return {
    label: `${isOlder ? "older" : "newer"} than ${text}`,
    holds: ({ issue, now }) => (isOlder ? now - issue.firstSeen > limitMs : now - issue.firstSeen < limitMs),
  };
}

function assigneeFilter(wanted: string): CompiledFilter {
  const name = wanted.toLowerCase();
  return {
    label: `assignee ${wanted}`,
    holds: ({ issue }) => {
      if (name === "none") return issue.assignees.length === 0;
      if (name === "any") return issue.assignees.length > 0;
      return issue.assignees.some((one) => one.toLowerCase() === name);
    },
  };
}

function oneOf(
  label: string,
  wanted: string | readonly string[],
  valueOf: (subject: FilterSubject) => string | null,
): CompiledFilter {
  const names = [wanted].flat();
  const folded = new Set(names.map((name) => name.toLowerCase()));
  return {
    label: `${label} ${names.join(", ")}`,
    holds: (subject) => {
      const value = valueOf(subject);
      return value !== null && folded.has(value.toLowerCase());
    },
  };
}
