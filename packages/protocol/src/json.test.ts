import { describe, expect, it } from "vitest";
import { isDeeperThan, isRecord } from "./json.js";

describe("isRecord", () => {
  it("holds for objects only", () => {
    expect(isRecord({})).toBe(true);
    for (const other of [null, undefined, [], "a", 1, true]) expect(isRecord(other)).toBe(false);
  });
});

describe("isDeeperThan", () => {
  it.each([
    [1, 0, false],
    [null, 0, false],
    ["text", 0, false],
    [{}, 0, true],
    [{}, 1, false],
    [[[]], 1, true],
    [[[]], 2, false],
    [{ a: 1, b: { c: [2] } }, 2, true],
    [{ a: 1, b: { c: [2] } }, 3, false],
  ])("says for %j and %i levels: %s", (value, levels, expected) => {
    expect(isDeeperThan(value, levels)).toBe(expected);
  });
});
