import {
  asList,
  type Filter,
  type Match,
  type RuleDefinition,
  type Trigger,
} from "../../api/rule-definition.js";

/** A piece of the sentence; strong pieces are what the rule's author chose. */
export interface SentencePart {
  readonly text: string;
  readonly strong: boolean;
}

const triggers: Readonly<Record<string, string>> = {
  first_seen: "is seen for the first time",
  regression: "comes back after it was resolved",
  reappeared: "comes back after it was archived",
  escalating: "escalates",
  every_event: "happens",
  resolved: "is resolved",
};

const operators: Readonly<Record<string, string>> = {
  is: "is",
  is_not: "is not",
  contains: "contains",
  not_contains: "does not contain",
  starts: "starts with",
  not_starts: "does not start with",
  ends: "ends with",
  not_ends: "does not end with",
  in: "is one of",
  not_in: "is none of",
  regex: "matches",
  not_regex: "does not match",
  is_set: "is set",
  not_set: "is not set",
  gt: "is above",
  gte: "is at least",
  lt: "is below",
  lte: "is at most",
};

/** The operators of comparisons with their words, for forms. */
export const operatorWords = Object.entries(operators);

/** `a`, `a or b`, `a, b or c`. */
export function listWords(words: readonly string[], last: "or" | "and"): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** A trigger in words, to follow "an issue". */
export function triggerWords(trigger: Trigger): string {
  if (typeof trigger === "string") return triggers[trigger] ?? trigger;
  if ("event_frequency" in trigger) {
    const { count, per } = trigger.event_frequency;
    return `happens more than ${count} times in ${per}`;
  }
  if ("user_frequency" in trigger) {
    const { count, per } = trigger.user_frequency;
    return `affects more than ${count} users in ${per}`;
  }
  const { percent, per, against } = trigger.event_frequency_percent;
  return `happens ${percent} % more in ${per} than ${against} before`;
}

/** A filter in words, to follow "if" or "unless". */
export function filterWords(filter: Filter): string {
  if ("level" in filter) {
    if (typeof filter.level === "object" && "gte" in filter.level)
      return `the level is ${filter.level.gte} or worse`;
    if (typeof filter.level === "object" && "lte" in filter.level)
      return `the level is ${filter.level.lte} or milder`;
    return `the level is ${listWords(asList(filter.level as string), "or")}`;
  }
  if ("tag" in filter) return `the tag ${matchWords(filter.tag)}`;
  if ("attribute" in filter) return matchWords(filter.attribute);
  if ("priority" in filter) return `the priority is ${listWords(asList(filter.priority), "or")}`;
  if ("environment" in filter) return `the environment is ${listWords(asList(filter.environment), "or")}`;
  if ("age" in filter)
    return "older" in filter.age
      ? `it is older than ${filter.age.older}`
      : `it is newer than ${filter.age.newer}`;
  if ("times_seen" in filter) return `it was seen at least ${filter.times_seen} times`;
  if ("release" in filter) return "the release is the latest one";
  if ("category" in filter) return `the category is ${listWords(asList(filter.category), "or")}`;
  if (filter.assignee === "none") return "nobody has it";
  return filter.assignee === "any" ? "somebody has it" : `${filter.assignee} has it`;
}

function matchWords({ key, op = "is", value }: Match): string {
  const words = `${key} ${operators[op] ?? op}`;
  if (op === "is_set" || op === "not_set" || value === undefined) return words;
  return `${words} ${typeof value === "object" ? listWords(value, "or") : String(value)}`;
}

/** The whole rule as one sentence that can be read out in a meeting. */
export function ruleSentence(rule: RuleDefinition): SentencePart[] {
  const parts: SentencePart[] = [];
  const say = (text: string) => parts.push({ text, strong: false });
  const stress = (text: string) => parts.push({ text, strong: true });
  const projects = asList(rule.project);
  const environments = asList(rule.environment);
  say("When an issue in ");
  say(projects.length === 0 || projects.includes("*") ? "any project" : listWords(projects, "or"));
  if (environments.length > 0) {
    say(` on ${listWords(environments, "or")}`);
  }
  say(" ");
  stress(listWords(rule.when.map(triggerWords), "or"));
  const conditions = [
    ["if", rule.if, "and"],
    ["and any of this holds:", rule.any, "or"],
    ["unless", rule.none, "or"],
  ] as const;
  for (const [word, filters, last] of conditions) {
    if (!filters || filters.length === 0) continue;
    say(`, ${word} `);
    stress(listWords(filters.map(filterWords), last));
  }
  say(", tell ");
  stress(
    listWords(
      rule.notify.map((one) => (one.mention ? `${one.channel} (${one.mention})` : one.channel)),
      "and",
    ) || "nobody yet",
  );
  say(rule.interval === "0s" ? " every time." : ", at most once in ");
  if (rule.interval !== "0s") {
    stress(rule.interval);
    say(" per issue.");
  }
  return parts;
}
