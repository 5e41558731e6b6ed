/**
 * What alert hands to notify: the cause and the figures at the time of firing. The event itself is read
 * from the event store when the message is built, so the outbox stays small.
 */
export interface NotificationPayload {
  kind: "issue_alert" | "test";
  /** Why the rule fired, in a few plain words: `new issue`, `regression`, `more than 10 events in 5m`. */
  reason: string;
  rule: { id: number | null; name: string; runbook?: string; owner?: string };
  /** Further rules that fired for the issue at the same moment into the same channel: one message tells of all. */
  alsoRules?: readonly { id: number | null; name: string; reason: string; owner?: string }[];
  project: { id: number; slug: string; name: string };
  organization: { id: number; slug: string };
  issue: {
    id: number;
    shortId: string;
    title: string;
    culprit: string;
    level: string;
    priority: string;
    substatus: string | null;
    /** Milliseconds since 1970. */
    firstSeen: number;
    lastSeen: number;
    timesSeen: number;
    /** Distinct users over the issue's life; null when they could not be counted. */
    users: number | null;
    firstRelease: string | null;
    assignee: string | null;
  } | null;
  event: {
    id: string;
    /** Milliseconds since 1970. */
    timestamp: number;
    receivedAt: number;
    environment: string;
    release: string;
    level: string;
    tags: Readonly<Record<string, string>>;
  } | null;
  /** Tag keys to show, in order. */
  tagKeys: readonly string[];
  mention?: string;
  /** Milliseconds since 1970 when the rule fired. */
  firedAt: number;
}
