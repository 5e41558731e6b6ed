// Runs Vitest and adds its totals up over several runs, so that one closing line can tell them all.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./ready.mjs";

const totals = { passed: 0, failed: 0, skipped: 0 };

/** Runs Vitest with the arguments; its output is shown. @returns whether everything passed */
export function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), "vedette-vitest-"));
  const report = join(folder, "report.json");
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...args,
    ],
    { cwd: root, stdio: "inherit" },
  );
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
    totals.passed += numPassedTests;
    totals.failed += numFailedTests;
    totals.skipped += numPendingTests;
  } catch {
    // Vitest ended before it could write its report; its exit status says so below.
    totals.failed += 1;
  }
  rmSync(folder, { recursive: true, force: true });
  return status === 0;
}

/** `412 passed, 0 failed, 3 skipped`, alone on a line. */
export function printTotals() {
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
  console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
}
