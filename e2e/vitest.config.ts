import { defineConfig } from "vitest/config";

/** Whole-product runs: one file at a time, since each starts a server and two cores are all there is. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    environment: "node",
    pool: "forks",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 10_000, interval: 60 } },
  },
});
