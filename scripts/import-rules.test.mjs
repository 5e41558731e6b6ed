import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "./ready.mjs";

const source = join("packages", "server", "src");
const refused = [
  ["domain/planted-a.ts", "../shared/clock.js"],
  ["ingest/planted-b.ts", "../process/claim.js"],
  ["process/planted-c.ts", "../alert/run-alert.js"],
  ["alert/planted-d.ts", "../notify/run-notify.js"],
  ["notify/planted-e.ts", "../api/register-api.js"],
  ["actions/planted-f.ts", "../api/register-api.js"],
  ["api/planted-g.ts", "../process/claim.js"],
  ["store/planted-h.ts", "../config/config.js"],
  ["queue/planted-i.ts", "../store/port.js"],
];
const allowed = [["process/planted-j.ts", "../queue/port.js"]];
const planted = [...refused, ...allowed].map(([file]) => join(source, file));
let said = "";

beforeAll(() => {
  for (const [file, target] of [...refused, ...allowed]) {
    writeFileSync(
      join(root, source, file),
      `import * as other from "${target}";\nexport const used = other;\n`,
    );
  }
  const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
  said = spawnSync(process.execPath, [oxlint, "--format=unix", ...planted], {
    cwd: root,
    encoding: "utf8",
  }).stdout;
});

afterAll(() => planted.forEach((file) => rmSync(join(root, file), { force: true })));

const findings = (file) =>
  said.split("\n").filter((line) => line.includes(file) && line.includes("no policy allowing"));

describe("the import rules", () => {
  it.each(refused)("refuse that %s imports %s", (file) => {
    expect(findings(file)).toHaveLength(1);
  });

  it.each(allowed)("allow that %s imports %s", (file) => {
    expect(findings(file)).toEqual([]);
  });
});
