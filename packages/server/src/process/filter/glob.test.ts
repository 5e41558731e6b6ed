import { describe, expect, it } from "vitest";
import { compileGlob } from "./glob.js";

describe("compileGlob", () => {
  it.each([
    ["abc", "abc", true],
    ["abc", "abcd", false],
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["*", "any\nthing", true],
    ["a*", "abc", true],
    ["*c", "abc", true],
    ["a*c", "ac", true],
    ["ab*bc", "abc", false],
    ["a*b*c", "a1b2b3c", true],
    ["*a*b", "xaxb", true],
    ["**", "x", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["*a?c*", "xxabcxx", true],
    ["v[0-9].*", "v7.1", true],
    ["v[!0-9]", "v7", false],
    ["v[!0-9]", "vx", true],
    ["[abc", "[abc", true],
    ["a.c", "abc", false],
    ["ABC", "abc", false],
  ])("%j on %j gives %s", (pattern, text, expected) => {
    expect(compileGlob(pattern)(text)).toBe(expected);
  });

  it("ignores case when asked to", () => {
    expect(compileGlob("*ERROR?", { ignoreCase: true })("an Error!")).toBe(true);
  });

  it("stays quick on text made to slow it down", () => {
    const matches = compileGlob("*a*a*a*a*a*a*a*a*a*b");
    const start = performance.now();
    expect(matches("a".repeat(8000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(100);
  });
});
