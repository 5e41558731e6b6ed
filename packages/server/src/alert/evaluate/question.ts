import type { IssueFacts } from "../rule/compile-filter.js";
import type { CompiledRule } from "../rule/compile-rule.js";
import type { CountLookup } from "./count-request.js";
import type { Occurrence } from "./occurrence.js";

/** Everything a decision rests on. */
export interface Question {
  readonly rule: CompiledRule;
  readonly occurrence: Occurrence;
  readonly issue: IssueFacts;
  readonly projectSlug: string;
  /** Whether the organisation's emergency stop holds. */
  readonly isStopped: boolean;
  /** Newest release of the project, within the rule's environment where it has one. */
  readonly latestRelease: string | null;
  readonly counts: CountLookup;
  /** When the rule last fired for the issue, milliseconds since 1970; null when never. */
  readonly lastFiredAt: number | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}
