import { describe, expect, it } from "vitest";
import {
  aged,
  conditionMet,
  escalated,
  isAfterResolution,
  newForMs,
  transitionOnSighting,
} from "./issue-state.js";
import type { IssueState, ReleaseOrder } from "./issue-state.js";

const now = 1_800_000_000_000;
const unknownOrder: ReleaseOrder = () => null;
const open: IssueState = {
  status: "unresolved",
  substatus: "ongoing",
  details: {},
  statusAt: now - 1_000,
  priority: "medium",
  priorityLocked: false,
  level: "warning",
};
const resolved: IssueState = { ...open, status: "resolved", substatus: null };
const seen = (release = "", timesSeen = 10, receivedAt = now) => ({
  timesSeen,
  events: [{ release, receivedAt }],
});
const options = { now, order: unknownOrder };

describe("a resolved issue", () => {
  it("regresses when an event arrives after the resolution", () => {
    const transition = transitionOnSighting(resolved, seen(), options);
    expect(transition).toMatchObject({
      change: "regression",
      state: { status: "unresolved", substatus: "regressed" },
    });
  });

  it("stays resolved when the event had arrived before the resolution", () => {
    expect(transitionOnSighting(resolved, seen("", 10, now - 5_000), options)).toBeNull();
  });

  it("stays resolved in the next release while the current release still reports", () => {
    const state = { ...resolved, details: { inNextRelease: true, currentRelease: "shop@1.2.0" } };
    expect(transitionOnSighting(state, seen("shop@1.2.0"), options)).toBeNull();
    expect(transitionOnSighting(state, seen("shop@1.1.9"), options)).toBeNull();
    expect(transitionOnSighting(state, seen(""), options)).toBeNull();
    expect(transitionOnSighting(state, seen("shop@1.2.1"), options)?.change).toBe("regression");
  });

  it("regresses from the given release on", () => {
    const details = { inRelease: "shop@2.0.0" };
    expect(isAfterResolution(details, "shop@1.9.9", unknownOrder)).toBe(false);
    expect(isAfterResolution(details, "shop@2.0.0", unknownOrder)).toBe(true);
    expect(isAfterResolution(details, "shop@2.1.0-rc.1", unknownOrder)).toBe(true);
    expect(isAfterResolution(details, "", unknownOrder)).toBe(false);
  });

  it("orders releases that are no versions by when they were first seen", () => {
    const byTime: ReleaseOrder = (left, right) =>
      ["aaa", "bbb"].indexOf(left) - ["aaa", "bbb"].indexOf(right);
    const details = { inNextRelease: true, currentRelease: "aaa" };
    expect(isAfterResolution(details, "bbb", byTime)).toBe(true);
    expect(isAfterResolution({ inNextRelease: true, currentRelease: "bbb" }, "aaa", byTime)).toBe(false);
  });
});

describe("an archived issue", () => {
  const archived = (details: IssueState["details"]): IssueState => ({
    ...open,
    status: "archived",
    substatus: "archived_until_condition_met",
    details,
  });

  it("comes back when its time is over", () => {
    expect(transitionOnSighting(archived({ ignoreUntil: now - 1 }), seen(), options)?.change).toBe(
      "reappeared",
    );
    expect(transitionOnSighting(archived({ ignoreUntil: now + 1 }), seen(), options)).toBeNull();
  });

  it("comes back after the given number of further events", () => {
    const state = archived({ ignoreCount: 5, baselineTimesSeen: 100 });
    expect(transitionOnSighting(state, seen("", 104), options)).toBeNull();
    expect(transitionOnSighting(state, seen("", 105), options)?.change).toBe("reappeared");
  });

  it("leaves counts within a window to the watch", () => {
    const state = archived({ ignoreCount: 5, ignoreWindow: 60, baselineTimesSeen: 0 });
    expect(transitionOnSighting(state, seen("", 999), options)).toBeNull();
    expect(conditionMet(state, now)?.state.status).toBe("unresolved");
  });

  it("stays silent for ever when archived for ever", () => {
    const state: IssueState = { ...archived({}), substatus: "archived_forever" };
    expect(transitionOnSighting(state, seen("", 1e6), options)).toBeNull();
    expect(escalated(state, now)).toBeNull();
    expect(conditionMet(state, now)).toBeNull();
  });
});

describe("escalation", () => {
  it("raises the priority one step and reopens what was archived until then", () => {
    const state: IssueState = {
      ...open,
      status: "archived",
      substatus: "archived_until_escalating",
      priority: "low",
    };
    expect(escalated(state, now)?.state).toMatchObject({
      status: "unresolved",
      substatus: "escalating",
      priority: "medium",
    });
  });

  it("leaves a priority that a person chose", () => {
    expect(escalated({ ...open, priority: "low", priorityLocked: true }, now)?.state.priority).toBe("low");
  });

  it("happens once", () => {
    expect(escalated({ ...open, substatus: "escalating" }, now)).toBeNull();
  });
});

describe("aging", () => {
  it("makes new issues ongoing after a week and restores the starting priority", () => {
    const state: IssueState = {
      ...open,
      substatus: "escalating",
      priority: "high",
      statusAt: now - newForMs,
    };
    expect(aged(state, now)).toMatchObject({ substatus: "ongoing", priority: "medium" });
    expect(aged({ ...state, statusAt: now - newForMs + 1 }, now)).toBeNull();
    expect(aged(resolved, now)).toBeNull();
  });
});
