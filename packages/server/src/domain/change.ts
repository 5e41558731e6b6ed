/**
 * What happened to an issue. `seen` is written once per issue and batch and carries the events' facts;
 * the others are written when the state of the issue changes.
 */
const changeKinds = [
  "first_seen",
  "seen",
  "regression",
  "reappeared",
  "escalating",
  "resolved",
  "archived",
  "unresolved",
  "assigned",
  "commented",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What a rule's filters may ask about one event, and what a message needs to find it again. */
export interface EventFacts {
  eventId: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  receivedAt: number;
  level: string;
  platform: string;
  environment: string;
  release: string;
  /** `id:42`, `email:…`; empty when the event has no user. */
  userKey: string;
  tags: Readonly<Record<string, string>>;
  /** Attribute name (alerting sheet 1.4: message, exception.type, stacktrace.filename …) to its values. */
  attributes: Readonly<Record<string, readonly string[]>>;
}

export interface ChangeData {
  /** Events of the issue in this batch; 0 for changes made by people. */
  count: number;
  /** Facts of the batch's first events of this issue, at most `maxFactsPerChange` of each hash, in order of arrival. */
  events: readonly EventFacts[];
  /**
   * On `first_seen`: environments the issue had not been seen in before this batch. A rule for one environment
   * takes the change as "new" when its environment is among them; a rule for all environments only when `isNew`.
   */
  newInEnvironments?: readonly string[];
  /** On `first_seen`: the issue itself is new. */
  isNew?: boolean;
  /** Who acted, for changes made by people. */
  userId?: string;
}

/** A burst of one issue in one batch carries this many facts; the rest is only counted. */
export const maxFactsPerChange = 20;
