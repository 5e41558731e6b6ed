// Checks that every path of this repository which the docs name in backticks or links exists, or is one that git
// ignores because it is made by a run.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { root } from "./ready.mjs";

const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter(Boolean);
const roots = "(?:packages|scripts|docs|examples|e2e|bench|\\.ci)";
const inBackticks = new RegExp(`\`(${roots}/[\\w@./-]+)\``, "g");
const inLinks = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

/** Paths a page names, each with where it is looked for. */
function namedPaths(page, text) {
  const fromRoot = [...text.matchAll(inBackticks)].map((match) => [match[1], join(root, match[1])]);
  const fromPage = [...text.matchAll(inLinks)].map((match) => [
    match[1],
    resolve(root, dirname(page), match[1]),
  ]);
  return [...fromRoot, ...fromPage];
}

function isThere(path) {
  if (existsSync(path)) return true;
  return spawnSync("git", ["check-ignore", "--quiet", `${path}/`], { cwd: root }).status === 0;
}

const missing = pages.flatMap((page) =>
  namedPaths(page, readFileSync(join(root, page), "utf8"))
    .filter(([, path]) => !isThere(path.replace(/[.,]$/, "")))
    .map(([name]) => `${page}: ${name} does not exist`),
);
for (const line of missing) console.error(line);
console.error(`docs: ${pages.length} pages, ${missing.length} wrong paths`);
process.exitCode = missing.length > 0 ? 1 : 0;
