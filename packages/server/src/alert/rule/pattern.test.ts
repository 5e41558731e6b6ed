import { describe, expect, it } from "vitest";
import { compilePattern, maxPatternInputLength, maxPatternLength } from "./pattern.js";

function test(pattern: string, value: string): boolean {
  const result = compilePattern(pattern);
  if (!result.ok) throw new Error(result.problem);
  return result.test(value);
}

describe("a pattern of a rule", () => {
  it("matches anywhere, whatever the case", () => {
    expect(test("time(d )?out", "Connection TIMED OUT")).toBe(true);
    expect(test("^timeout$", "a timeout")).toBe(false);
    expect(test("^user-\\d+$", "User-17")).toBe(true);
  });

  it("answers quickly on texts that make a backtracking engine hang", () => {
    const started = performance.now();
    expect(test("(a+)+$", `${"a".repeat(1_900)}!`)).toBe(false);
    expect(test("(a|aa)*b", "a".repeat(1_990))).toBe(false);
    expect(test("a*a*a*a*a*a*b", "a".repeat(1_990))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("looks at the beginning of long values only", () => {
    expect(test("needle", `${"x".repeat(maxPatternInputLength)}needle`)).toBe(false);
    expect(test("needle", `needle${"x".repeat(maxPatternInputLength)}`)).toBe(true);
  });

  it.each([
    ["a broken group", "(", /not a valid pattern/],
    ["a back-reference", "(a)\\1", /not a valid pattern/],
    ["look-around", "a(?=b)", /not a valid pattern/],
    ["an over-long text", "a".repeat(maxPatternLength + 1), /501 characters/],
    ["an enormous repeat", "(a{1000}){1000}", /not a valid pattern/],
  ])("refuses %s", (_, text, problem) => {
    const result = compilePattern(text);
    expect(result).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });
});
