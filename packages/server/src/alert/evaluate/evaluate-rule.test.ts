import { describe, expect, it } from "vitest";
import type { ChangeKind } from "../../domain/change.js";
import type { Trigger } from "../../domain/rule.js";
import { change, facts, issue, newIssue, noon, occurrence, question, rule } from "../alert.test-suite.js";
import { evaluateRule } from "./evaluate-rule.js";
import type { Verdict } from "./evaluate-rule.js";

const minute = 60_000;
const kinds: readonly ChangeKind[] = [
  "first_seen",
  "regression",
  "reappeared",
  "escalating",
  "resolved",
  "seen",
];

function failedSteps(verdict: Verdict): readonly string[] {
  return "trace" in verdict ? verdict.trace.filter(({ passed }) => !passed).map(({ step }) => step) : [];
}

describe("a trigger", () => {
  it.each<[Trigger, ChangeKind, string]>([
    ["first_seen", "first_seen", "new issue"],
    ["regression", "regression", "regression"],
    ["reappeared", "reappeared", "archived issue came back"],
    ["escalating", "escalating", "escalating"],
    ["resolved", "resolved", "resolved"],
    ["every_event", "seen", "every event"],
  ])("%s passes on the change %s and no other", (trigger, kind, reason) => {
    const verdictOn = (other: ChangeKind) =>
      evaluateRule(
        question({ rule: rule({ when: [trigger] }), occurrence: occurrence(change(other, { isNew: true })) }),
      );
    expect(verdictOn(kind)).toMatchObject({ outcome: "fired", reason });
    for (const other of kinds.filter((one) => one !== kind)) {
      expect(verdictOn(other).outcome).toBe("no_match");
      expect(failedSteps(verdictOn(other))).toEqual(["trigger"]);
    }
  });

  it("is one of several, the first in the rule's order giving the reason", () => {
    const both = rule({ when: ["regression", "every_event"] });
    expect(evaluateRule(question({ rule: both }))).toMatchObject({ outcome: "fired", reason: "every event" });
    const regressed = occurrence(change("regression"), change("seen"));
    expect(evaluateRule(question({ rule: both, occurrence: regressed }))).toMatchObject({
      reason: "regression",
    });
  });

  it("first_seen of a rule for all environments wants a new issue", () => {
    const known = occurrence(change("first_seen", { isNew: false, newInEnvironments: ["production"] }));
    expect(evaluateRule(question({ occurrence: known })).outcome).toBe("no_match");
  });

  it("first_seen of a rule with an environment wants an issue that is new there", () => {
    const here = rule({ environment: "production" });
    const known = occurrence(change("first_seen", { isNew: false, newInEnvironments: ["production"] }));
    expect(evaluateRule(question({ rule: here, occurrence: known }))).toMatchObject({
      outcome: "fired",
      reason: "new issue in production",
    });
    const elsewhere = occurrence(
      change("first_seen", {
        isNew: true,
        newInEnvironments: ["staging"],
        events: [facts({ environment: "staging" })],
      }),
    );
    expect(evaluateRule(question({ rule: here, occurrence: elsewhere })).outcome).toBe("no_match");
  });

  it.each(["resolved", "archived"])(
    "stays silent on an issue that is %s, unless it waits for resolutions",
    (status) => {
      const closed = issue({ status });
      const silent = evaluateRule(question({ issue: closed }));
      expect(silent.outcome).toBe("no_match");
      expect(failedSteps(silent)).toEqual(["issue status"]);
      const asked = { rule: rule({ when: ["resolved"] }), occurrence: occurrence(change("resolved")) };
      expect(evaluateRule(question({ ...asked, issue: closed })).outcome).toBe("fired");
    },
  );
});

describe("a frequency", () => {
  const often = rule({ when: [{ event_frequency: { count: 10, per: "5m" } }] });

  it("asks for its count before it decides", () => {
    expect(evaluateRule(question({ rule: often }))).toEqual({
      outcome: "undecided",
      wants: [{ measure: "events", perMs: 5 * minute, shiftMs: 0, environments: null }],
    });
  });

  it.each([
    [9, "no_match"],
    [10, "no_match"],
    [11, "fired"],
  ])("of more than 10 with %d events: %s", (count, outcome) => {
    expect(evaluateRule(question({ rule: often, counts: () => count })).outcome).toBe(outcome);
  });

  it("says how many there were", () => {
    expect(evaluateRule(question({ rule: often, counts: () => 14 }))).toMatchObject({
      reason: "more than 10 events in 5m (14)",
    });
  });

  it("counts users in the rule's environments", () => {
    const users = rule({ environment: ["production"], when: [{ user_frequency: { count: 2, per: "1h" } }] });
    const verdict = evaluateRule(
      question({
        rule: users,
        counts: ({ measure, environments }) =>
          measure === "users" && environments?.[0] === "production" ? 3 : 0,
      }),
    );
    expect(verdict).toMatchObject({ outcome: "fired", reason: "more than 2 users in 1h (3)" });
  });

  it.each([
    [40, 10, "no_match"],
    [41, 10, "fired"],
    [5, 10, "no_match"],
    [1_000, 0, "no_match"],
  ])("over 300%% more with %d events after %d: %s", (present, baseline, outcome) => {
    const rising = rule({ when: [{ event_frequency_percent: { percent: 300, per: "1h", against: "1d" } }] });
    const counts = ({ shiftMs }: { shiftMs: number }) => (shiftMs === 0 ? present : baseline);
    expect(evaluateRule(question({ rule: rising, counts })).outcome).toBe(outcome);
  });

  it("is not counted when a cheaper trigger passes or a filter fails", () => {
    const cheap = rule({ when: [{ event_frequency: { count: 10, per: "5m" } }, "first_seen"] });
    expect(evaluateRule(question({ rule: cheap })).outcome).toBe("fired");
    const filtered = rule({
      when: [{ event_frequency: { count: 10, per: "5m" } }],
      if: [{ level: "fatal" }],
    });
    expect(evaluateRule(question({ rule: filtered })).outcome).toBe("no_match");
  });
});

describe("filters", () => {
  const level = { level: "error" };
  const acme = { tag: { key: "customer", value: "acme" } };
  const eu = { tag: { key: "region", value: "eu" } };

  it.each<[string, object, Record<string, string>, string]>([
    ["all of if hold", { if: [level, acme] }, { customer: "acme" }, "fired"],
    ["one of if fails", { if: [level, acme] }, {}, "no_match"],
    ["one of any holds", { any: [acme, eu] }, { region: "eu" }, "fired"],
    ["none of any holds", { any: [acme, eu] }, {}, "no_match"],
    ["any is empty", { any: [] }, {}, "fired"],
    ["one of none holds", { none: [acme, eu] }, { region: "eu" }, "no_match"],
    ["none of none holds", { none: [acme, eu] }, {}, "fired"],
    [
      "if and any hold, none does not",
      { if: [level], any: [acme], none: [eu] },
      { customer: "acme" },
      "fired",
    ],
    [
      "if and any hold, none as well",
      { if: [level], any: [acme], none: [eu] },
      { customer: "acme", region: "eu" },
      "no_match",
    ],
  ])("when %s", (...[, groups, tags, outcome]) => {
    const events = [facts({ tags })];
    const verdict = evaluateRule(
      question({ rule: rule(groups), occurrence: occurrence(newIssue(...events)) }),
    );
    expect(verdict.outcome).toBe(outcome);
    expect(failedSteps(verdict)).toEqual(outcome === "fired" ? [] : ["filters"]);
  });

  it("must hold together on one event", () => {
    const both = rule({ when: ["every_event"], if: [acme, eu] });
    const apart = [facts({ tags: { customer: "acme" } }), facts({ tags: { region: "eu" } })];
    const seen = (events: typeof apart) => occurrence(change("seen", { events }));
    expect(evaluateRule(question({ rule: both, occurrence: seen(apart) })).outcome).toBe("no_match");
    const together = [facts({ eventId: "one", tags: { customer: "acme", region: "eu" } }), ...apart];
    expect(evaluateRule(question({ rule: both, occurrence: seen(together) }))).toMatchObject({
      outcome: "fired",
      event: { eventId: "one" },
    });
  });

  it("name the newest event that passes, and of a new issue the first", () => {
    const events = [
      facts({ eventId: "one" }),
      facts({ eventId: "two" }),
      facts({ eventId: "three", level: "info" }),
    ];
    const errors = rule({ when: ["every_event"], if: [level] });
    const seen = occurrence(change("seen", { events }));
    expect(evaluateRule(question({ rule: errors, occurrence: seen }))).toMatchObject({
      event: { eventId: "two" },
    });
    const born = question({ occurrence: occurrence(newIssue(...events)) });
    expect(evaluateRule(born)).toMatchObject({ event: { eventId: "one" } });
  });

  it("say in the trace which one failed", () => {
    const verdict = evaluateRule(question({ rule: rule({ if: [{ level: "fatal" }] }) }));
    expect("trace" in verdict ? verdict.trace.at(-1) : null).toEqual({
      step: "filters",
      passed: false,
      detail: "not level fatal",
    });
  });
});

describe("a rule's place", () => {
  it.each([
    ["*", true],
    ["checkout", true],
    [["shop", "checkout"], true],
    ["shop", false],
  ])("project %j: %s", (project, fires) => {
    expect(evaluateRule(question({ rule: rule({ project }) })).outcome).toBe(fires ? "fired" : "no_match");
  });

  it("is its environments: an event of another one does not count", () => {
    const here = rule({ when: ["every_event"], environment: ["production", "canary"] });
    const seen = (...environments: string[]) =>
      occurrence(change("seen", { events: environments.map((environment) => facts({ environment })) }));
    expect(evaluateRule(question({ rule: here, occurrence: seen("staging", "") })).outcome).toBe("no_match");
    expect(evaluateRule(question({ rule: here, occurrence: seen("canary", "staging") }))).toMatchObject({
      outcome: "fired",
      event: { environment: "canary" },
    });
  });

  it("with an environment needs an event that tells", () => {
    const resolved = { occurrence: occurrence(change("resolved", { events: [] })) };
    const anywhere = rule({ when: ["resolved"] });
    const here = rule({ when: ["resolved"], environment: "production" });
    expect(evaluateRule(question({ ...resolved, rule: anywhere }))).toMatchObject({
      outcome: "fired",
      event: null,
    });
    expect(evaluateRule(question({ ...resolved, rule: here })).outcome).toBe("no_match");
  });
});

describe("what holds a message back", () => {
  it.each([
    [null, "fired"],
    [noon, "throttled"],
    [noon - 30 * minute + 1, "throttled"],
    [noon - 30 * minute, "fired"],
  ])("the interval, with the last firing at %s: %s", (lastFiredAt, outcome) => {
    expect(evaluateRule(question({ lastFiredAt })).outcome).toBe(outcome);
  });

  it("an interval of 0s holds nothing back", () => {
    expect(evaluateRule(question({ rule: rule({ interval: "0s" }), lastFiredAt: noon })).outcome).toBe(
      "fired",
    );
  });

  it.each([
    [noon + 1, "muted"],
    [noon, "fired"],
    [null, "fired"],
  ])("a mute until %s: %s", (mutedUntil, outcome) => {
    expect(evaluateRule(question({ rule: rule({}, { mutedUntil }) })).outcome).toBe(outcome);
  });

  it("the emergency stop comes before a mute, a mute before the interval", () => {
    const muted = rule({}, { mutedUntil: noon + minute });
    expect(evaluateRule(question({ rule: muted, isStopped: true, lastFiredAt: noon })).outcome).toBe(
      "stopped",
    );
    expect(evaluateRule(question({ rule: muted, lastFiredAt: noon })).outcome).toBe("muted");
  });

  it("is only told of what would have matched", () => {
    const muted = rule({ when: ["regression"] }, { mutedUntil: noon + minute });
    expect(evaluateRule(question({ rule: muted, isStopped: true })).outcome).toBe("no_match");
  });

  it("a rule that is off matches nothing", () => {
    const verdict = evaluateRule(question({ rule: rule({}, { enabled: false }) }));
    expect(verdict.outcome).toBe("no_match");
    expect(failedSteps(verdict)).toEqual(["enabled"]);
  });
});

describe("the trace of a firing", () => {
  it("names every step in order", () => {
    const verdict = evaluateRule(
      question({ rule: rule({ when: [{ event_frequency: { count: 1, per: "1m" } }] }), counts: () => 2 }),
    );
    expect("trace" in verdict ? verdict.trace.map(({ step, passed }) => [step, passed]) : []).toEqual(
      [
        "emergency stop",
        "enabled",
        "mute",
        "project",
        "trigger",
        "issue status",
        "environment",
        "filters",
        "frequency",
        "interval",
      ].map((name) => [name, true]),
    );
  });
});
