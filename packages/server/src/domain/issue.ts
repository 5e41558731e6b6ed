/** Levels from least to most severe, as the wire names them. */
export const levels = ["debug", "info", "warning", "error", "fatal"] as const;

export type IssueStatus = "unresolved" | "resolved" | "archived";

export type IssueSubstatus =
  | "new"
  | "ongoing"
  | "escalating"
  | "regressed"
  | "archived_until_escalating"
  | "archived_until_condition_met"
  | "archived_forever";

export const priorities = ["low", "medium", "high"] as const;
export type IssuePriority = (typeof priorities)[number];

/**
 * What ends a resolution or an archive. Times are milliseconds since 1970.
 * `baseline*` are the issue's figures when it was archived: conditions count from there.
 */
export interface StatusDetails {
  /** Resolved until an event of a release newer than this one (exclusive) arrives. */
  inRelease?: string;
  /** Resolved in the release after `currentRelease`: any release other than it and older ones reopens. */
  inNextRelease?: boolean;
  currentRelease?: string;
  ignoreUntil?: number;
  /** Archived until this many more events … within `ignoreWindow` minutes, when given. */
  ignoreCount?: number;
  ignoreWindow?: number;
  /** Archived until this many more users … within `ignoreUserWindow` minutes, when given. */
  ignoreUserCount?: number;
  ignoreUserWindow?: number;
  baselineTimesSeen?: number;
  baselineUsers?: number;
  /** Events an hour above which an issue archived until escalating comes back. */
  escalatesAbovePerHour?: number;
  actor?: string;
}

/** Starting priority from the level: fatal and error high, warning medium, the rest low. */
export function priorityOfLevel(level: string): IssuePriority {
  if (level === "fatal" || level === "error") return "high";
  return level === "warning" ? "medium" : "low";
}

/** `CHECKOUT-17`: the project's slug in capitals and the issue's number. */
export function shortIdOf(projectSlug: string, shortId: number): string {
  return `${projectSlug.toUpperCase()}-${shortId}`;
}
