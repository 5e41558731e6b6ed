import { compareReleaseNames } from "./release-order.js";
import { priorityOfLevel } from "./issue.js";
import type { IssuePriority, IssueStatus, IssueSubstatus, StatusDetails } from "./issue.js";

/**
 * The life of an issue.
 *
 * - unresolved/new: made by its first event. Becomes ongoing after `newForMs`.
 * - unresolved/regressed: was resolved and an event came that the resolution does not cover.
 * - unresolved/escalating: far more events than its past allows for; raised by process/watch.
 * - unresolved/ongoing: everything else that is open.
 * - resolved: a person said so; at once, in a given release, or in the next one. Events of older releases
 *   are counted but do not reopen it.
 * - archived: silent for ever, until a condition is met, or until it escalates.
 *
 * Everything here is pure: state, what was seen and now in; new state and what to tell out.
 */
export interface IssueState {
  readonly status: IssueStatus;
  readonly substatus: IssueSubstatus | null;
  readonly details: StatusDetails;
  /** Milliseconds since 1970 of the last status change. */
  readonly statusAt: number;
  readonly priority: IssuePriority;
  readonly priorityLocked: boolean;
  readonly level: string;
}

/** What a batch holds of one issue. */
export interface Sighting {
  /** Total events of the issue, this batch included. */
  readonly timesSeen: number;
  /** Each event's release and time of arrival (milliseconds); the release is empty when not sent. */
  readonly events: readonly { readonly release: string; readonly receivedAt: number }[];
}

export interface Transition {
  readonly state: IssueState;
  readonly change: "regression" | "reappeared" | "escalating";
}

/** Says whether the first release came before the second in the project; null when not known. */
export type ReleaseOrder = (left: string, right: string) => number | null;

const week = 7 * 24 * 3_600_000;

/** An issue counts as new, regressed or escalating for this long. */
export const newForMs = week;

/** What an issue becomes by the events of a batch, or null when nothing changes. */
export function transitionOnSighting(
  state: IssueState,
  sighting: Sighting,
  options: { now: number; order: ReleaseOrder },
): Transition | null {
  if (state.status === "resolved") return regression(state, sighting, options);
  if (state.status === "archived") return endOfArchive(state, sighting, options.now);
  return null;
}

function regression(
  state: IssueState,
  sighting: Sighting,
  { now, order }: { now: number; order: ReleaseOrder },
): Transition | null {
  const reopens = sighting.events.some(
    (event) => event.receivedAt >= state.statusAt && isAfterResolution(state.details, event.release, order),
  );
  if (!reopens) return null;
  return { change: "regression", state: opened(state, "regressed", now) };
}

/** Whether an event of this release shows that the resolution did not hold. */
export function isAfterResolution(details: StatusDetails, release: string, order: ReleaseOrder): boolean {
  if (details.inNextRelease) {
    if (!release || release === details.currentRelease) return false;
    if (!details.currentRelease) return true;
    return (compareReleases(release, details.currentRelease, order) ?? 1) > 0;
  }
  if (details.inRelease) {
    if (!release) return false;
    return (compareReleases(release, details.inRelease, order) ?? 0) >= 0;
  }
  return true;
}

function compareReleases(left: string, right: string, order: ReleaseOrder): number | null {
  return compareReleaseNames(left, right) ?? order(left, right);
}

function endOfArchive(state: IssueState, sighting: Sighting, now: number): Transition | null {
  const { ignoreUntil, ignoreCount, ignoreWindow, baselineTimesSeen = 0 } = state.details;
  const timeIsOver = ignoreUntil !== undefined && now >= ignoreUntil;
  const countIsMet =
    ignoreCount !== undefined &&
    ignoreWindow === undefined &&
    sighting.timesSeen - baselineTimesSeen >= ignoreCount;
  if (state.substatus !== "archived_until_condition_met" || (!timeIsOver && !countIsMet)) return null;
  return { change: "reappeared", state: opened(state, "ongoing", now) };
}

/** The state after a rate above the expected one was measured. Only open issues and those archived until then. */
export function escalated(state: IssueState, now: number): Transition | null {
  if (state.substatus === "escalating" || state.status === "resolved") return null;
  if (state.status === "archived" && state.substatus !== "archived_until_escalating") return null;
  const raised: IssuePriority = state.priority === "low" ? "medium" : "high";
  return {
    change: "escalating",
    state: {
      ...opened(state, "escalating", now),
      priority: state.priorityLocked ? state.priority : raised,
    },
  };
}

/** The state after an archive's condition on events or users within a window was measured as met. */
export function conditionMet(state: IssueState, now: number): Transition | null {
  if (state.substatus !== "archived_until_condition_met") return null;
  return { change: "reappeared", state: opened(state, "ongoing", now) };
}

/** new, regressed and escalating become ongoing in time; the starting priority comes back. Null when it is too early. */
export function aged(state: IssueState, now: number): IssueState | null {
  const isYoung =
    state.substatus === "new" || state.substatus === "regressed" || state.substatus === "escalating";
  if (state.status !== "unresolved" || !isYoung || now - state.statusAt < newForMs) return null;
  return {
    ...state,
    substatus: "ongoing",
    priority: state.priorityLocked ? state.priority : priorityOfLevel(state.level),
  };
}

function opened(state: IssueState, substatus: IssueSubstatus, now: number): IssueState {
  return { ...state, status: "unresolved", substatus, details: {}, statusAt: now };
}
