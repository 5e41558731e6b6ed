import { describe, expect, it } from "vitest";
import { newestRelease } from "./latest-release.js";

describe("the newest release", () => {
  it.each<[readonly (readonly [string, number])[], string | null]>([
    [[], null],
    [
      [
        ["shop@1.9.0", 5],
        ["shop@1.10.0", 1],
      ],
      "shop@1.10.0",
    ],
    [
      [
        ["shop@2.0.0", 1],
        ["shop@2.0.0-rc.1", 9],
      ],
      "shop@2.0.0",
    ],
    [
      [
        ["4f2a9c1", 1],
        ["77b0de3", 2],
      ],
      "77b0de3",
    ],
    [
      [
        ["web@3.0.0", 1],
        ["shop@1.0.0", 2],
      ],
      "shop@1.0.0",
    ],
  ])("of %j is %s", (releases, expected) => {
    expect(newestRelease(releases.map(([version, firstSeen]) => ({ version, firstSeen })))).toBe(expected);
  });
});
