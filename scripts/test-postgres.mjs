// The store suites again, on PostgreSQL. `scripts/with-postgres.mjs` starts one and sets VEDETTE_TEST_POSTGRES_URL.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureReady, root } from "./ready.mjs";
import { printTotals, runVitest } from "./run-vitest.mjs";

if (!process.env["VEDETTE_TEST_POSTGRES_URL"]) {
  console.error(
    "Set VEDETTE_TEST_POSTGRES_URL, or run: node scripts/with-postgres.mjs -- node scripts/test-postgres.mjs",
  );
  process.exit(1);
}
await ensureReady({ web: false });
const source = join("packages", "server", "src");
const suites = readdirSync(join(root, source), { recursive: true })
  .map((name) => join(source, name.toString()))
  .filter(
    (path) =>
      path.endsWith(".test.ts") &&
      /metaKinds|VEDETTE_TEST_POSTGRES_URL/.test(readFileSync(join(root, path), "utf8")),
  );
console.error(`vedette: ${suites.length} suites on PostgreSQL`);
process.exitCode = runVitest(suites) ? 0 : 1;
printTotals();
