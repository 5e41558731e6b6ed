import { describe, expect, it } from "vitest";
import { compareReleaseNames } from "./release-order.js";

describe("the order of releases", () => {
  it.each([
    ["shop@1.2.3", "shop@1.2.4", -1],
    ["shop@1.10.0", "shop@1.9.9", 1],
    ["1.2.3", "1.2.3", 0],
    ["v1.2.3", "1.2.4", -1],
    ["shop@1.0.0-alpha", "shop@1.0.0", -1],
    ["shop@1.0.0-alpha.2", "shop@1.0.0-alpha.10", -1],
    ["shop@1.0.0-alpha", "shop@1.0.0-alpha.1", -1],
    ["shop@1.0.0-1", "shop@1.0.0-alpha", -1],
    ["shop@1.0.0+1", "shop@1.0.0+2", -1],
    ["@scope/shop@1.0.0", "@scope/shop@1.0.1", -1],
  ])("compares %s with %s", (left, right, expected) => {
    expect(compareReleaseNames(left, right)).toBe(expected);
    expect(compareReleaseNames(right, left)).toBe(-expected || 0);
  });

  it("says nothing about hashes or different packages", () => {
    expect(compareReleaseNames("9fceb02", "8ad3311")).toBeNull();
    expect(compareReleaseNames("shop@1.0.0", "api@2.0.0")).toBeNull();
  });
});
