// Installs what the whole-product suites need beside npm's packages: the official Python, Go and Java clients in their
// pinned versions, and Chromium. Each step is skipped while its lock file is unchanged.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const e2eFolder = fileURLToPath(new URL(".", import.meta.url));
const workFolder = join(e2eFolder, ".work");
const clientsFolder = join(e2eFolder, "clients");
const chromium = "/usr/bin/chromium";

/** One thing to install: `inputs` decide whether it is fresh, `product` is what has to be there afterwards. */
const steps = [
  {
    name: "Python clients",
    inputs: ["python/requirements.txt"],
    product: join(workFolder, "python", "bin", "python"),
    install: installPython,
  },
  {
    name: "Go client",
    inputs: ["go"],
    product: join(workFolder, "client-go"),
    install: () => run("go", ["build", "-o", join(workFolder, "client-go"), "."], "go"),
  },
  {
    name: "Java client",
    inputs: ["java"],
    product: join(workFolder, "java", "lib"),
    install: () => run("mvn", ["-q", "-B", "package"], "java"),
  },
  { name: "Chromium", inputs: [], product: chromium, install: installChromium },
];

/**
 * Installs the clients of e2e/clients and prints each step with its time.
 * @throws Error that names the step and the command that failed
 */
export async function installClients() {
  mkdirSync(workFolder, { recursive: true });
  for (const step of steps) {
    const stamp = join(workFolder, `${step.name.toLowerCase().replaceAll(" ", "-")}.stamp`);
    const wanted = hashOf(step.inputs);
    const fresh = existsSync(step.product) && (step.inputs.length === 0 || read(stamp) === wanted);
    const started = Date.now();
    if (!fresh) {
      step.install();
      if (!existsSync(step.product)) throw new Error(`${step.name}: ${step.product} is not there`);
      writeFileSync(stamp, wanted);
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.error(`vedette: ${step.name} ${fresh ? "already installed" : `installed in ${seconds} s`}`);
  }
}

function installPython() {
  const venv = join(workFolder, "python");
  rmSync(venv, { recursive: true, force: true });
  run("python3", ["-m", "venv", venv], "python");
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"];
  run(join(venv, "bin", "python"), pip, "python");
}

function installChromium() {
  run("apt-get", ["update", "-qq"], ".");
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], ".");
}

/** Runs a command in a folder of the clients with its output on stderr. @throws Error when it does not succeed */
function run(command, args, folder) {
  const { status, error } = spawnSync(command, args, {
    cwd: join(clientsFolder, folder),
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", 2, 2],
  });
  if (status === 0) return;
  const reason = error ? error.message : `ended with ${status}; the lines above say why`;
  throw new Error(`${[command, ...args].join(" ")}: ${reason}`);
}

/** Hash of the files, folders taken whole. */
function hashOf(inputs) {
  const hash = createHash("sha256");
  for (const path of inputs.flatMap(filesOf))
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(clientsFolder, path)))
      .update("\0");
  return hash.digest("hex");
}

function filesOf(input) {
  if (!statSync(join(clientsFolder, input)).isDirectory()) return [input];
  return readdirSync(join(clientsFolder, input), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(clientsFolder.length + 1))
    .toSorted();
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await installClients();
