import { describe, expect, it } from "vitest";
import { ageInWords, shortAge } from "./relative-time.js";

const now = Date.parse("2026-03-10T12:00:00Z");
const secondsAgo = (seconds: number) => now - seconds * 1_000;

describe("shortAge", () => {
  it.each([
    [2, "now"],
    [42, "42s"],
    [60, "1m"],
    [3_599, "59m"],
    [3 * 3_600, "3h"],
    [13 * 86_400, "13d"],
    [15 * 86_400, "2w"],
    [40 * 86_400, "5w"],
    [100 * 86_400, "3mo"],
    [800 * 86_400, "2y"],
  ])("says %i seconds as %s", (seconds, text) => {
    expect(shortAge(secondsAgo(seconds), now)).toBe(text);
  });

  it("answers a dash for a time that cannot be read", () => {
    expect(shortAge("yesterday-ish", now)).toBe("–");
  });
});

describe("ageInWords", () => {
  it("tells the past from the future", () => {
    expect(ageInWords(secondsAgo(300), now)).toBe("5m ago");
    expect(ageInWords(now + 7_200_000, now)).toBe("in 2h");
    expect(ageInWords(now, now)).toBe("just now");
    expect(ageInWords(now + 9_000, now)).toBe("just now");
  });
});
