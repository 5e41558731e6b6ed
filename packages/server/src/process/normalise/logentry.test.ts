import { describe, expect, it } from "vitest";
import { formatMessage } from "./message-format.js";
import { normalised } from "./payload.test-kit.js";

describe("message", () => {
  it.each([
    ["hello", { formatted: "hello" }],
    [{ message: "hello" }, { formatted: "hello" }],
    [{ formatted: "hello" }, { formatted: "hello" }],
    [
      { message: "a %s", params: ["b"] },
      { message: "a %s", formatted: "a b", params: ["b"] },
    ],
    [
      { message: "a %s", params: ["b"], formatted: "own" },
      { message: "a %s", formatted: "own", params: ["b"] },
    ],
    [
      { message: "a", formatted: "b" },
      { message: "a", formatted: "b" },
    ],
    [{ message: "a", params: [] }, { formatted: "a" }],
    [{ message: "a", params: "bad" }, { formatted: "a" }],
    [42, { formatted: "42" }],
    [[1, 2], { formatted: "[1,2]" }],
    [{ message: { deep: 1 } }, { formatted: '{"deep":1}' }],
    [false, undefined],
    [null, undefined],
    ["", undefined],
    [{}, undefined],
    [{ params: [1] }, undefined],
  ])("reads %j", (message, expected) => {
    expect(normalised({ message }).logentry).toEqual(expected);
    expect(normalised({ logentry: message }).logentry).toEqual(expected);
  });

  it("is cut at 8192 characters", () => {
    expect(normalised({ message: "x".repeat(9000) }).logentry?.formatted).toHaveLength(8192);
  });
});

describe("formatMessage", () => {
  it.each([
    ["%s and %d", ["a", 2], "a and 2"],
    ["%r %5.2f %%", ["a", 1.5], "a 1.5 %"],
    ["%(who)s did %(what)d", { who: "Ann", what: 3 }, "Ann did 3"],
    ["{} and {}", ["a", { b: 1 }], 'a and {"b":1}'],
    ["{0} {1} {0}", ["a", "b"], "a b a"],
    ["{who} {what!r:>8}", { who: "Ann", what: null }, "Ann null"],
    ["%s %s", ["only one"], "only one %s"],
    ["{missing} {toString}", {}, "{missing} {toString}"],
    ["100% sure", ["x"], "100% sure"],
  ])("fills %j with %j", (template, params, expected) => {
    expect(formatMessage(template, params)).toBe(expected);
  });
});
