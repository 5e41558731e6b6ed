// `npm test`: every suite that needs no other service. Arguments are handed to Vitest.
import { ensureReady } from "./ready.mjs";
import { printTotals, runVitest } from "./run-vitest.mjs";

const started = Date.now();
await ensureReady();
const passed = runVitest(process.argv.slice(2));
console.error(`vedette: tests took ${((Date.now() - started) / 1000).toFixed(0)} s`);
printTotals();
process.exitCode = passed ? 0 : 1;
