import { describe, expect, it } from "vitest";
import type { RuleDefinition } from "../../api/rule-definition.js";
import { filterWords, listWords, ruleSentence, triggerWords } from "./rule-sentence.js";

const read = (rule: RuleDefinition) =>
  ruleSentence(rule)
    .map((part) => part.text)
    .join("");
const base: RuleDefinition = {
  project: "*",
  when: ["first_seen"],
  notify: [{ channel: "errors" }],
  interval: "30m",
};

describe("ruleSentence", () => {
  it("reads the shortest rule", () => {
    expect(read(base)).toBe(
      "When an issue in any project is seen for the first time, tell errors, at most once in 30m per issue.",
    );
  });

  it("reads a rule with everything", () => {
    const rule: RuleDefinition = {
      project: ["checkout", "billing"],
      environment: "production",
      when: ["first_seen", "regression", { event_frequency: { count: 10, per: "5m" } }],
      if: [{ level: ["error", "fatal"] }, { priority: "high" }],
      none: [{ tag: { key: "customer", op: "in", value: ["internal", "test"] } }],
      notify: [{ channel: "critical", mention: "@here" }, { channel: "errors" }],
      interval: "0s",
    };
    expect(read(rule)).toBe(
      "When an issue in checkout or billing on production is seen for the first time, comes back after it was " +
        "resolved or happens more than 10 times in 5m, if the level is error or fatal and the priority is high, " +
        "unless the tag customer is one of internal or test, tell critical (@here) and errors every time.",
    );
  });
});

describe("triggerWords", () => {
  it("reads comparisons with the past", () => {
    expect(triggerWords({ event_frequency_percent: { percent: 200, per: "1h", against: "1d" } })).toBe(
      "happens 200 % more in 1h than 1d before",
    );
    expect(triggerWords({ user_frequency: { count: 50, per: "1h" } })).toBe(
      "affects more than 50 users in 1h",
    );
  });
});

describe("filterWords", () => {
  it.each([
    [{ level: { gte: "warning" } }, "the level is warning or worse"],
    [{ attribute: { key: "message", op: "contains", value: "timeout" } }, "message contains timeout"],
    [{ tag: { key: "url", op: "is_set" } }, "the tag url is set"],
    [{ age: { newer: "1h" } }, "it is newer than 1h"],
    [{ times_seen: 5 }, "it was seen at least 5 times"],
    [{ assignee: "none" }, "nobody has it"],
    [{ release: "latest" as const }, "the release is the latest one"],
  ])("reads %j", (filter, words) => {
    expect(filterWords(filter)).toBe(words);
  });
});

it("lists words the way people do", () => {
  expect(listWords(["a", "b", "c"], "or")).toBe("a, b or c");
  expect(listWords([], "or")).toBe("");
});
