import type { CountTrigger, FrequencyTrigger, PercentTrigger } from "../rule/compile-trigger.js";
import type { CountLookup, CountRequest } from "./count-request.js";

/** What a frequency trigger says: passed or not with a few words, or the counts that are still needed. */
export type Measured =
  | { readonly known: true; readonly passed: boolean; readonly detail: string }
  | { readonly known: false; readonly wants: readonly CountRequest[] };

/**
 * Measures a trigger that counts. The comparison is strict: more than 10 passes on the 11th (alerting sheet 1.2).
 */
export function measureFrequency(
  trigger: FrequencyTrigger,
  environments: readonly string[] | null,
  counts: CountLookup,
): Measured {
  return trigger.type === "count"
    ? measureCount(trigger, environments, counts)
    : measurePercent(trigger, environments, counts);
}

function measureCount(
  trigger: CountTrigger,
  environments: readonly string[] | null,
  counts: CountLookup,
): Measured {
  const request = { measure: trigger.measure, perMs: trigger.perMs, shiftMs: 0, environments };
  const count = counts(request);
  if (count === undefined) return { known: false, wants: [request] };
  return { known: true, passed: count > trigger.above, detail: `${trigger.label} (${count})` };
}

/** Without events in the earlier window there is nothing to compare with, so it never passes. */
function measurePercent(
  trigger: PercentTrigger,
  environments: readonly string[] | null,
  counts: CountLookup,
): Measured {
  const request = { measure: "events", perMs: trigger.perMs, shiftMs: 0, environments } as const;
  const earlier = { ...request, shiftMs: trigger.againstMs };
  const present = counts(request);
  const baseline = counts(earlier);
  if (present === undefined || baseline === undefined) return { known: false, wants: [request, earlier] };
  const risePercent = baseline === 0 ? 0 : ((present - baseline) / baseline) * 100;
  const detail = `${trigger.label} (${present} after ${baseline})`;
  return { known: true, passed: risePercent > trigger.abovePercent, detail };
}
