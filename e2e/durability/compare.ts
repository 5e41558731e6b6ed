import type { LoadSender } from "./load-sender.js";
import type { StoredIssue } from "./read-back.js";

export interface Comparison {
  /** Ids acknowledged and nowhere to be found, or in an issue of another kind. */
  readonly lost: readonly string[];
  /** Ids with more than one row. */
  readonly doubled: readonly string[];
  /** Ids stored that were never sent. */
  readonly strangers: readonly string[];
  /** Issues whose count is not the number of their rows, and kinds with more than one issue. */
  readonly miscounted: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

/** Holds what was sent against what was stored. */
export function compare(sender: LoadSender, issues: readonly StoredIssue[]): Comparison {
  const rows = new Map<string, { readonly kind: string; rows: number }>();
  for (const { kind, eventIds } of issues) {
    for (const id of eventIds) {
      const known = rows.get(id);
      if (known) known.rows++;
      else rows.set(id, { kind, rows: 1 });
    }
  }
  const sent = new Map([...sender.uncertain, ...sender.acknowledged]);
  const lost = [...sender.acknowledged.values()]
    .filter(({ id, kind }) => rows.get(id)?.kind !== kind)
    .map(({ id }) => id);
  const doubled = [...rows].filter(([, row]) => row.rows > 1).map(([id]) => id);
  const kinds = new Set(issues.map(({ kind }) => kind));
  return {
    lost,
    doubled,
    strangers: [...rows.keys()].filter((id) => !sent.has(id)),
    miscounted: [
      ...issues
        .filter(({ count, eventIds }) => count !== eventIds.length)
        .map(({ kind, count, eventIds }) => `${kind}: counted ${count}, rows ${eventIds.length}`),
      ...(kinds.size === issues.length ? [] : [`${issues.length} issues of ${kinds.size} kinds`]),
    ],
    figures: {
      acknowledged: sender.acknowledged.size,
      unanswered: sender.uncertain.size,
      sentTwiceOnPurpose: sender.doubled,
      stored: rows.size,
      storedWithoutAnswer: [...rows.keys()].filter((id) => sender.uncertain.has(id)).length,
      lost: lost.length,
      doubled: doubled.length,
      issues: issues.length,
    },
  };
}
