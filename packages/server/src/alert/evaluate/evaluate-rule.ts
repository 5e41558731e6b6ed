import type { EventFacts } from "../../domain/change.js";
import { formatDuration } from "../../domain/duration.js";
import type { CountRequest } from "./count-request.js";
import { findMatch } from "./find-match.js";
import type { LoggedChange } from "./occurrence.js";
import type { Question } from "./question.js";
import { step } from "./trace.js";
import type { TraceStep } from "./trace.js";

/** The rule matched. Which of these it is depends on what held the message back, the strongest first. */
export interface MatchVerdict {
  readonly outcome: "fired" | "throttled" | "muted" | "stopped";
  /** `new issue`, `more than 10 events in 5m (14)`. */
  readonly reason: string;
  /** The change and the event that matched; the event is null when the change has none. */
  readonly change: LoggedChange;
  readonly event: EventFacts | null;
  readonly trace: readonly TraceStep[];
}

export type Verdict =
  | MatchVerdict
  | { readonly outcome: "no_match"; readonly trace: readonly TraceStep[] }
  /** Counts are missing: ask again when they are there. */
  | { readonly outcome: "undecided"; readonly wants: readonly CountRequest[] };

/**
 * Decides whether a rule fires for an occurrence. Pure: the same question has the same answer.
 *
 * What holds back a message without ending the decision (stop, mute, interval) is noted and the rest still decided,
 * so that the history tells what would have been sent.
 */
export function evaluateRule(question: Question): Verdict {
  const { rule, isStopped, now } = question;
  const isMuted = rule.mutedUntil !== null && rule.mutedUntil > now;
  const trace: TraceStep[] = [
    step("emergency stop", !isStopped, isStopped ? "alerts are stopped" : "alerts are on"),
    step("enabled", rule.enabled, rule.enabled ? "the rule is on" : "the rule is off"),
    step("mute", !isMuted, isMuted ? `muted until ${isoTime(rule.mutedUntil)}` : "not muted"),
    projectStep(question),
  ];
  if (trace.some(({ step: name, passed }) => !passed && (name === "enabled" || name === "project"))) {
    return { outcome: "no_match", trace };
  }
  const found = findMatch(question);
  if (found.outcome === "undecided") return found;
  trace.push(...found.trace);
  if (found.outcome === "no_match") return { outcome: "no_match", trace };
  const interval = intervalStep(question);
  trace.push(interval);
  const match = { reason: found.reason, change: found.change, event: found.event, trace };
  if (isStopped) return { outcome: "stopped", ...match };
  if (isMuted) return { outcome: "muted", ...match };
  return { outcome: interval.passed ? "fired" : "throttled", ...match };
}

function projectStep({ rule, projectSlug }: Question): TraceStep {
  const passed = rule.projects === null || rule.projects.has(projectSlug);
  return step("project", passed, projectSlug);
}

/** A rule may fire again when the interval is over to the millisecond. */
function intervalStep({ rule, lastFiredAt, now }: Question): TraceStep {
  if (lastFiredAt === null) return step("interval", true, "has not fired for this issue before");
  const sinceMs = now - lastFiredAt;
  const detail = `last fired ${formatDuration(Math.max(0, sinceMs))} ago, at most once in ${formatDuration(rule.intervalMs)}`;
  return step("interval", sinceMs >= rule.intervalMs, detail);
}

function isoTime(at: number | null): string {
  return at === null || Math.abs(at) > 8.64e15 ? "further notice" : new Date(at).toISOString();
}
