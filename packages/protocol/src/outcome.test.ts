import { describe, expect, it } from "vitest";
import { EVENT_TYPES, LEVELS } from "./event.js";
import { CLIENT_DISCARD_REASONS, FILTER_REASONS, INVALID_REASONS, OUTCOMES, tooLarge } from "./outcome.js";

describe("vocabularies", () => {
  it.each([
    ["outcomes", OUTCOMES],
    ["invalid reasons", INVALID_REASONS],
    ["filter reasons", FILTER_REASONS],
    ["client discard reasons", CLIENT_DISCARD_REASONS],
    ["levels", LEVELS],
    ["event types", EVENT_TYPES],
  ])("name each of the %s once, in lower case", (_what, names) => {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z_-]*$/);
  });

  it("list levels from least to most severe", () => {
    expect(LEVELS).toEqual(["debug", "info", "warning", "error", "fatal"]);
  });

  it("say which item was too large", () => {
    expect(tooLarge("attachment")).toBe("too_large:attachment");
  });
});
