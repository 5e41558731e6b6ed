import { expect, it } from "vitest";
import { retryDelayMs } from "./retry-delay.js";

it.each([
  [1, 1_000],
  [2, 2_000],
  [3, 5_000],
  [4, 15_000],
  [5, 60_000],
  [6, 300_000],
  [7, 900_000],
  [8, 1_800_000],
  [40, 1_800_000],
])("waits after attempt %i for %i ms", (attempts, delayMs) => {
  expect(retryDelayMs(attempts, 0, 0.5)).toBe(delayMs);
});

it("spreads each wait by a fifth to either side", () => {
  expect(retryDelayMs(1, 0, 0)).toBe(800);
  expect(retryDelayMs(1, 0, 1)).toBe(1_200);
});

it("gives up after 24 hours, but not before a dozen attempts", () => {
  const day = 24 * 3_600_000;
  expect(retryDelayMs(50, day - 1, 0.5)).toBe(1_800_000);
  expect(retryDelayMs(50, day, 0.5)).toBeNull();
  expect(retryDelayMs(3, 10 * day, 0.5)).toBe(5_000);
});
