import type { ChangeData, ChangeKind } from "../../domain/change.js";

/** One row of the change log. */
export interface LoggedChange {
  readonly id: number;
  readonly kind: ChangeKind;
  readonly data: ChangeData;
}

/** What one batch or one person did to one issue: a rule fires at most once for it. */
export interface Occurrence {
  readonly projectId: number;
  readonly issueId: number;
  /** Milliseconds since 1970 when it was committed. */
  readonly at: number;
  readonly changes: readonly LoggedChange[];
}

/** A row of the change log with what it belongs to. */
export interface ChangeEntry extends LoggedChange {
  readonly projectId: number;
  readonly issueId: number;
  readonly at: number;
}

/**
 * Puts together what belongs together, in order: a batch writes `first_seen` or a change of state right before the
 * `seen` of the same events, which always comes last; an archived issue that escalates comes back with it. Taken one by one, a rule that waits
 * for both would fire twice for one cause.
 */
export function groupOccurrences(entries: readonly ChangeEntry[]): readonly Occurrence[] {
  const occurrences: (Occurrence & { changes: LoggedChange[] })[] = [];
  for (const { projectId, issueId, at, ...change } of entries) {
    const last = occurrences.at(-1);
    if (last && last.issueId === issueId && belongsTo(last, at, change)) last.changes.push(change);
    else occurrences.push({ projectId, issueId, at, changes: [change] });
  }
  return occurrences;
}

function belongsTo(occurrence: Occurrence, at: number, change: LoggedChange): boolean {
  const before = occurrence.changes.at(-1);
  if (before?.kind === "escalating" && change.kind === "reappeared") return true;
  return occurrence.at === at && before?.kind !== "seen";
}
