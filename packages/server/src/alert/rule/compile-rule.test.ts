import { describe, expect, it } from "vitest";
import { compileDefinition, validateRule } from "./compile-rule.js";

const minimal = { when: ["first_seen"], notify: [{ channel: "ops" }] };

describe("a rule's definition", () => {
  it("gets its defaults", () => {
    expect(validateRule(minimal)).toEqual({
      ok: true,
      definition: {
        project: "*",
        when: ["first_seen"],
        notify: [{ channel: "ops", tags: [] }],
        interval: "30m",
      },
    });
  });

  it("is made ready: durations in milliseconds, lists instead of single names", () => {
    const result = compileDefinition({
      ...minimal,
      project: ["shop", "pay"],
      environment: "production",
      when: ["regression", { event_frequency: { count: 10, per: "5m" } }],
      interval: "1h",
      none: [{ release: "latest" }],
    });
    expect(result).toMatchObject({
      ok: true,
      rule: {
        projects: new Set(["shop", "pay"]),
        environments: ["production"],
        intervalMs: 3_600_000,
        asksLatestRelease: true,
        triggers: [
          { type: "change", kind: "regression" },
          { type: "count", measure: "events", above: 10, perMs: 300_000, label: "more than 10 events in 5m" },
        ],
      },
    });
  });

  it.each([
    ["no trigger", { ...minimal, when: [] }, "when: "],
    ["an unknown key", { ...minimal, colour: "red" }, "colour"],
    ["a duration that is none", { ...minimal, interval: "soon" }, "interval: is not a duration"],
    ["no channel", { ...minimal, notify: [] }, "notify: "],
    [
      "a broken pattern",
      { ...minimal, if: [{ level: "error" }, { tag: { key: "url", op: "regex", value: "(" } }] },
      'if.1: tag "url" is not a valid pattern',
    ],
    [
      "a filter without its value",
      { ...minimal, any: [{ attribute: { key: "message", op: "contains" } }] },
      'any.0: attribute "message" needs a value',
    ],
    ["no object", "first_seen", ""],
  ])("is refused with %s", (_, definition, problem) => {
    const result = validateRule(definition);
    expect(result.ok).toBe(false);
    expect(result.ok ? [] : result.problems.join("\n")).toContain(problem);
  });

  it("has all its problems named at once", () => {
    const bad = { tag: { key: "a", op: "regex", value: "[" } };
    const result = validateRule({ ...minimal, if: [bad], any: [bad], none: [bad] });
    expect(result.ok ? [] : result.problems).toHaveLength(3);
  });
});
