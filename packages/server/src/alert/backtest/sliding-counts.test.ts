import { describe, expect, it } from "vitest";
import { SlidingCounts } from "./sliding-counts.js";

describe("counts over a moving window", () => {
  const events = { measure: "events", perMs: 100, shiftMs: 0, environments: null } as const;

  it("hold what lies within it, both ends included", () => {
    const counts = new SlidingCounts();
    for (const at of [0, 50, 100, 100]) counts.add(at, "");
    expect(counts.count(events, 100)).toBe(4);
    expect(counts.count(events, 101)).toBe(3);
    expect(counts.count(events, 500)).toBe(0);
    expect(counts.count({ ...events, shiftMs: 50 }, 100)).toBe(2);
  });

  it("count each user once, and nobody for events without a user", () => {
    const counts = new SlidingCounts();
    const users = { ...events, measure: "users" } as const;
    for (const [at, user] of [
      [0, "a"],
      [10, "b"],
      [20, "a"],
      [30, ""],
    ] as const)
      counts.add(at, user);
    expect(counts.count(users, 30)).toBe(2);
    expect(counts.count(users, 111)).toBe(1);
    expect(counts.count(users, 121)).toBe(0);
  });
});
