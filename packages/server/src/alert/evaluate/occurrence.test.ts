import { describe, expect, it } from "vitest";
import type { ChangeKind } from "../../domain/change.js";
import { groupOccurrences } from "./occurrence.js";

function groups(...rows: readonly [issueId: number, kind: ChangeKind, at: number][]): string[] {
  const entries = rows.map(([issueId, kind, at], index) => ({
    id: index + 1,
    projectId: 1,
    issueId,
    kind,
    at,
    data: { count: 1, events: [] },
  }));
  return groupOccurrences(entries).map(
    ({ issueId, changes }) => `${issueId}: ${changes.map(({ kind }) => kind).join(" ")}`,
  );
}

describe("changes of one cause", () => {
  it("go together, up to the seen that ends them", () => {
    expect(
      groups([1, "first_seen", 5], [1, "seen", 5], [2, "regression", 5], [2, "seen", 5], [3, "seen", 5]),
    ).toEqual(["1: first_seen seen", "2: regression seen", "3: seen"]);
  });

  it("of two batches stay apart, even within one millisecond", () => {
    expect(groups([1, "seen", 5], [1, "seen", 5], [1, "seen", 6])).toEqual(["1: seen", "1: seen", "1: seen"]);
  });

  it("include the return of an archived issue that escalated", () => {
    expect(groups([1, "escalating", 5], [1, "reappeared", 6])).toEqual(["1: escalating reappeared"]);
  });

  it("by people stand alone", () => {
    expect(groups([1, "resolved", 5], [1, "unresolved", 9])).toEqual(["1: resolved", "1: unresolved"]);
  });
});
