import type { EventFacts } from "../../domain/change.js";
import type { CompiledTrigger } from "../rule/compile-trigger.js";
import { checkFilters } from "./check-filters.js";
import type { CountRequest } from "./count-request.js";
import { measureFrequency } from "./measure-frequency.js";
import type { LoggedChange } from "./occurrence.js";
import type { Question } from "./question.js";
import { step } from "./trace.js";
import type { TraceStep } from "./trace.js";

/** Whether trigger, environment, filters and frequency agree on one event of the occurrence. */
export type Found =
  | {
      readonly outcome: "match";
      readonly reason: string;
      readonly change: LoggedChange;
      readonly event: EventFacts | null;
      readonly trace: readonly TraceStep[];
    }
  | { readonly outcome: "no_match"; readonly trace: readonly TraceStep[] }
  | { readonly outcome: "undecided"; readonly wants: readonly CountRequest[] };

interface Candidate {
  readonly trigger: CompiledTrigger;
  readonly change: LoggedChange;
  /** Environments whose events may match; null means every one. */
  readonly environments: readonly string[] | null;
  readonly reason: string;
}

/** An event that passes all filters together, or why there is none. */
interface Pick {
  readonly found: boolean;
  readonly event: EventFacts | null;
  readonly trace: readonly TraceStep[];
}

/**
 * Looks for a trigger that passes together with one event. Triggers are tried in the rule's order, those that count
 * last, so that counting is only asked for when it can still change the outcome.
 */
export function findMatch(question: Question): Found {
  const { rule, occurrence, issue } = question;
  const kinds = occurrence.changes.map(({ kind }) => kind).join(", ");
  const candidates = rule.triggers.flatMap((trigger) => candidatesOf(question, trigger));
  if (candidates.length === 0) {
    return {
      outcome: "no_match",
      trace: [step("trigger", false, `${kinds}: the rule does not wait for this`)],
    };
  }
  // Archived and resolved issues stay silent (alerting sheet 1.5), but a rule may ask to hear of the resolution itself.
  const open = candidates.filter(({ change }) => issue.status === "unresolved" || change.kind === "resolved");
  const status = step("issue status", open.length > 0, issue.status);
  if (open.length === 0) return { outcome: "no_match", trace: [step("trigger", true, kinds), status] };
  const attempts = open.map((candidate) => ({ candidate, pick: pickEvent(question, candidate) }));
  const able = attempts.filter(({ pick }) => pick.found);
  const ready = able.find(({ candidate }) => candidate.trigger.type === "change");
  if (ready) return matched(ready, status);
  if (able.length > 0) return findFrequent(question, able, status);
  const first = attempts[0];
  const trace = first
    ? [step("trigger", true, first.candidate.reason), status, ...first.pick.trace]
    : [status];
  return { outcome: "no_match", trace };
}

interface Attempt {
  readonly candidate: Candidate;
  readonly pick: Pick;
}

function findFrequent(question: Question, attempts: readonly Attempt[], status: TraceStep): Found {
  const wants: CountRequest[] = [];
  const failures: TraceStep[] = [];
  for (const attempt of attempts) {
    const { trigger } = attempt.candidate;
    if (trigger.type === "change") continue;
    const measured = measureFrequency(trigger, question.rule.environments, question.counts);
    if (!measured.known) wants.push(...measured.wants);
    else if (measured.passed) {
      return matched(attempt, status, step("frequency", true, measured.detail));
    } else failures.push(step("frequency", false, measured.detail));
  }
  if (wants.length > 0) return { outcome: "undecided", wants };
  const first = attempts[0];
  const before = first
    ? [step("trigger", true, first.candidate.reason), status, ...first.pick.trace]
    : [status];
  return { outcome: "no_match", trace: [...before, ...failures] };
}

function matched({ candidate, pick }: Attempt, status: TraceStep, frequency?: TraceStep): Found {
  const before = [step("trigger", true, candidate.reason), status, ...pick.trace];
  return {
    outcome: "match",
    reason: frequency?.detail ?? candidate.reason,
    change: candidate.change,
    event: pick.event,
    trace: frequency ? [...before, frequency] : before,
  };
}

function candidatesOf({ rule, occurrence }: Question, trigger: CompiledTrigger): readonly Candidate[] {
  const kind = trigger.type === "change" ? trigger.kind : "seen";
  return occurrence.changes.flatMap((change) => {
    if (change.kind !== kind) return [];
    if (kind === "first_seen") return firstSeenCandidate(rule.environments, trigger, change);
    return [{ trigger, change, environments: rule.environments, reason: trigger.label }];
  });
}

/** New to a rule is what is new where the rule looks: in its environments, or altogether. */
function firstSeenCandidate(
  environments: readonly string[] | null,
  trigger: CompiledTrigger,
  change: LoggedChange,
): readonly Candidate[] {
  const { isNew = false, newInEnvironments = [] } = change.data;
  if (environments === null) return isNew ? [{ trigger, change, environments, reason: trigger.label }] : [];
  const fresh = environments.filter((name) => newInEnvironments.includes(name));
  if (fresh.length === 0) return [];
  const reason = isNew ? trigger.label : `${trigger.label} in ${fresh.join(", ")}`;
  return [{ trigger, change, environments: fresh, reason }];
}

function pickEvent(question: Question, { change, environments }: Candidate): Pick {
  const { rule, issue, latestRelease, now } = question;
  const events = eligibleEvents(change, environments);
  const where = step("environment", events.length > 0, environments?.join(", ") ?? "any");
  let trace: readonly TraceStep[] = [where];
  for (const event of events) {
    const check = checkFilters(rule, { event, issue, latestRelease, now });
    trace = [where, step("filters", check.passed, check.detail)];
    if (check.passed) return { found: true, event, trace };
  }
  return { found: false, event: null, trace };
}

/** The first event is what made an issue new; of everything else the newest tells most. */
function eligibleEvents(
  { kind, data }: LoggedChange,
  environments: readonly string[] | null,
): readonly (EventFacts | null)[] {
  const inOrder = kind === "first_seen" ? data.events : data.events.toReversed();
  if (environments !== null) return inOrder.filter(({ environment }) => environments.includes(environment));
  return inOrder.length > 0 ? inOrder : [null];
}
