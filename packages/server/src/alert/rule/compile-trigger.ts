import type { ChangeKind } from "../../domain/change.js";
import { parseDuration } from "../../domain/duration.js";
import type { Trigger } from "../../domain/rule.js";

/** Passes when the change log says so. */
interface ChangeTrigger {
  readonly type: "change";
  readonly kind: ChangeKind;
  readonly label: string;
}

/** Passes when more than `above` events or users of the issue fall into the window before the change. */
export interface CountTrigger {
  readonly type: "count";
  readonly measure: "events" | "users";
  readonly above: number;
  readonly perMs: number;
  readonly label: string;
}

/** Passes when a window has more than `abovePercent` % more events than the same window `againstMs` earlier. */
export interface PercentTrigger {
  readonly type: "percent";
  readonly abovePercent: number;
  readonly perMs: number;
  readonly againstMs: number;
  readonly label: string;
}

export type FrequencyTrigger = CountTrigger | PercentTrigger;
export type CompiledTrigger = ChangeTrigger | FrequencyTrigger;

const changeTriggers = {
  first_seen: { kind: "first_seen", label: "new issue" },
  regression: { kind: "regression", label: "regression" },
  reappeared: { kind: "reappeared", label: "archived issue came back" },
  escalating: { kind: "escalating", label: "escalating" },
  resolved: { kind: "resolved", label: "resolved" },
  every_event: { kind: "seen", label: "every event" },
} as const satisfies Record<string, { kind: ChangeKind; label: string }>;

/** Makes a trigger of its written form; durations were checked when the rule was read. */
export function compileTrigger(trigger: Trigger): CompiledTrigger {
  if (typeof trigger === "string") return { type: "change", ...changeTriggers[trigger] };
  if ("event_frequency" in trigger) return countTrigger("events", trigger.event_frequency);
  if ("user_frequency" in trigger) return countTrigger("users", trigger.user_frequency);
  const { percent, per, against } = trigger.event_frequency_percent;
  return {
    type: "percent",
    abovePercent: percent,
    perMs: parseDuration(per) ?? 0,
    againstMs: parseDuration(against) ?? 0,
    label: `over ${percent}% more events in ${per} than ${against} before`,
  };
}

function countTrigger(
  measure: "events" | "users",
  { count, per }: { count: number; per: string },
): CountTrigger {
  return {
    type: "count",
    measure,
    above: count,
    perMs: parseDuration(per) ?? 0,
    label: `more than ${count} ${measure} in ${per}`,
  };
}
