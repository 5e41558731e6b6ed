/** The body of an issue rule, as in vedette.yaml. Mirrors the server's rule definition. */
export interface RuleDefinition {
  readonly project: string | readonly string[];
  readonly environment?: string | readonly string[];
  readonly when: readonly Trigger[];
  readonly if?: readonly Filter[];
  readonly any?: readonly Filter[];
  readonly none?: readonly Filter[];
  readonly notify: readonly NotifyTarget[];
  /** At most one firing per issue in this time, such as `30m`; `0s` means every time. */
  readonly interval: string;
  readonly runbook?: string;
  readonly owner?: string;
  readonly description?: string;
}

/** Triggers without arguments. */
export type PlainTrigger =
  | "first_seen"
  | "regression"
  | "reappeared"
  | "escalating"
  | "every_event"
  | "resolved";

/** What makes a rule look at an issue. */
export type Trigger =
  | PlainTrigger
  | { readonly event_frequency: { readonly count: number; readonly per: string } }
  | {
      readonly event_frequency_percent: {
        readonly percent: number;
        readonly per: string;
        readonly against: string;
      };
    }
  | { readonly user_frequency: { readonly count: number; readonly per: string } };

/** A comparison of a tag or an attribute. */
export interface Match {
  readonly key: string;
  readonly op?: string;
  readonly value?: string | number | readonly string[];
}

/** A condition an event or its issue must meet. */
export type Filter =
  | { readonly level: string | readonly string[] | { readonly gte: string } | { readonly lte: string } }
  | { readonly tag: Match }
  | { readonly attribute: Match }
  | { readonly priority: string | readonly string[] }
  | { readonly environment: string | readonly string[] }
  | { readonly age: { readonly older: string } | { readonly newer: string } }
  | { readonly times_seen: number }
  | { readonly release: "latest" }
  | { readonly category: string | readonly string[] }
  | { readonly assignee: string };

/** Where a rule's message goes and what it shows. */
export interface NotifyTarget {
  readonly channel: string;
  readonly tags?: readonly string[];
  readonly mention?: string;
}

/** A setting that may be one value or many, as a list. */
export function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
