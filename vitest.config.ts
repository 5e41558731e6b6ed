import { defineConfig } from "vitest/config";

/** Unit and port tests: everything that needs no other service. e2e/ has a configuration of its own. */
export default defineConfig({
  resolve: { conditions: ["@vedette/source"] },
  ssr: { resolve: { conditions: ["@vedette/source"] } },
  test: {
    include: ["packages/*/src/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
    environment: "node",
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
