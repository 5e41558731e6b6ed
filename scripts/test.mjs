// `npm test`: every suite that needs no other service. Arguments are handed to Vitest.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureReady, root } from "./ready.mjs";

const started = Date.now();
await ensureReady();

/** Runs one step and ends the program with its exit code when it fails. */
function step(title, args) {
  console.error(`vedette: ${title}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
step("unit and port tests", [vitest, "run", ...process.argv.slice(2)]);
console.error(`vedette: tests took ${((Date.now() - started) / 1000).toFixed(0)} s`);
