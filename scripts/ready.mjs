// Brings a checkout to the point where it can run: right Node, dependencies installed, sources built.
// Does nothing twice: each step leaves a stamp of its inputs and is skipped while they are unchanged.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const stampDir = join(root, "node_modules", ".cache", "vedette");
const minimumNode = [20, 19];

/** Ends the program with advice when Node is older than the package.json asks for. */
function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > minimumNode[0] || (major === minimumNode[0] && minor >= minimumNode[1])) return;
  console.error(`Vedette needs Node ${minimumNode.join(".")} or newer; this is ${process.versions.node}.`);
  console.error("Install a current version from https://nodejs.org and run the command again.");
  process.exit(1);
}

/** Hash of the given files' paths and contents. */
function hashFiles(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name.toString()))
    .filter((path) => statSync(join(root, path)).isFile())
    .toSorted();
}

function readStamp(name) {
  const path = join(stampDir, name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function writeStamp(name, value) {
  mkdirSync(stampDir, { recursive: true });
  writeFileSync(join(stampDir, name), value);
}

/** Runs a step with its output shown; a failure ends the program with the step's own exit code. */
function run(title, command, args) {
  const started = Date.now();
  console.error(`vedette: ${title} …`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: false });
  if (status !== 0) {
    console.error(`vedette: ${title} failed${error ? `: ${error.message}` : ""}. The lines above say why.`);
    process.exit(status ?? 1);
  }
  console.error(`vedette: ${title} took ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function installDependencies() {
  const manifests = ["packages", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, "package.json")),
  );
  const wanted = hashFiles([
    "package.json",
    "package-lock.json",
    ...manifests.filter((path) => existsSync(join(root, path))),
  ]);
  if (readStamp("dependencies") === wanted) return;
  const installed = join(root, "node_modules", ".package-lock.json");
  const upToDate =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
  if (!upToDate)
    run("installing dependencies (a few minutes the first time)", "npm", ["ci", "--no-audit", "--no-fund"]);
  writeStamp("dependencies", wanted);
}

const serverPackages = ["protocol", "masking", "server", "cli", "discord-sandbox"];

function buildPackages() {
  const sources = serverPackages.flatMap((name) => [
    ...filesBelow(join("packages", name, "src")),
    join("packages", name, "tsconfig.json"),
  ]);
  const wanted = hashFiles(["tsconfig.base.json", "tsconfig.json", ...sources]);
  const built = serverPackages.every((name) => existsSync(join(root, "packages", name, "dist")));
  if (built && readStamp("build") === wanted) return;
  run("building", process.execPath, [join("node_modules", "typescript", "bin", "tsc"), "-b"]);
  writeStamp("build", wanted);
}

function buildWeb() {
  const sources = filesBelow(join("packages", "web", "src"));
  const wanted = hashFiles([
    "packages/web/package.json",
    "packages/web/index.html",
    "packages/web/vite.config.ts",
    ...sources,
  ]);
  if (existsSync(join(root, "packages/web/dist/index.html")) && readStamp("web") === wanted) return;
  run("building the pages", "npm", ["run", "--silent", "build", "-w", "@vedette/web"]);
  writeStamp("web", wanted);
}

/** Installs and builds what is missing. `web: false` leaves the pages out, for tools that have none. */
export async function ensureReady({ web = true } = {}) {
  requireNode();
  installDependencies();
  buildPackages();
  if (web) buildWeb();
}
