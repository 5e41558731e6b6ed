// Whole-product suites: real SDKs, browser, kills and hostile input against a running server. They need Chromium,
// Python, Go, Java and Maven; e2e/install.mjs installs the clients' own packages.
import { ensureReady } from "./ready.mjs";
import { printTotals, runVitest } from "./run-vitest.mjs";
import { installClients } from "../e2e/install.mjs";

await ensureReady();
await installClients();
process.exitCode = runVitest(["--config", "e2e/vitest.config.ts", ...process.argv.slice(2)]) ? 0 : 1;
printTotals();
