// `node scripts/with-postgres.mjs -- command …`: starts a throw-away PostgreSQL on a free port, sets
// VEDETTE_TEST_POSTGRES_URL, runs the command, stops the server, removes its data, ends with the command's code.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Folder of initdb and pg_ctl: the PATH first, then where Debian puts them, the newest version first. */
function findPostgres() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  const found = folders.find(
    (folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "pg_ctl")),
  );
  if (found === undefined) {
    console.error(
      "PostgreSQL is not installed: neither PATH nor /usr/lib/postgresql/*/bin has initdb and pg_ctl.",
    );
    console.error("Install it (Debian: apt-get install postgresql) and run the command again.");
    process.exit(69);
  }
  return found;
}

/** PostgreSQL refuses to run as root; then it runs as the user `postgres` of its package, else `nobody`. */
function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const user = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  return user === undefined ? {} : { uid: Number(user[2]), gid: Number(user[3]) };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const separator = process.argv.indexOf("--");
const [command, ...commandArguments] = separator < 0 ? [] : process.argv.slice(separator + 1);
if (command === undefined) {
  console.error("Usage: node scripts/with-postgres.mjs -- command [argument …]");
  process.exit(64);
}

const bin = findPostgres();
const user = serverUser();
const folder = mkdtempSync(join(tmpdir(), "vedette-postgres-"));
if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
const data = join(folder, "data");
const port = await freePort();

function postgres(program, programArguments) {
  execFileSync(join(bin, program), programArguments, {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    ...user,
  });
}

function cleanUp() {
  try {
    if (existsSync(join(data, "postmaster.pid")))
      postgres("pg_ctl", ["stop", "-D", data, "-m", "immediate", "-w"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Registered before anything starts; the command gets the same signal from the terminal and ends by itself.
let child;
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child?.kill(signal));
process.on("exit", cleanUp);

postgres("initdb", ["-D", data, "-U", "vedette", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
const settings = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off -c max_connections=200`;
postgres("pg_ctl", ["start", "-D", data, "-w", "-l", join(folder, "server.log"), "-o", settings]);
const url = `postgres://vedette@127.0.0.1:${port}/postgres`;
child = spawn(command, commandArguments, {
  stdio: "inherit",
  env: { ...process.env, VEDETTE_TEST_POSTGRES_URL: url },
});
child.once("error", (error) => {
  console.error(`${command} cannot be started: ${error.message}`);
  process.exit(127);
});
child.once("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
