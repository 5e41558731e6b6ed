// `npm run demo`: Vedette, a Discord stand-in with three channels, and a shop that breaks in instructive ways.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureReady, root } from "./ready.mjs";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "9000" },
    "discord-port": { type: "string", default: "9010" },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) {
  console.log(`npm run demo [-- --port 9000 --discord-port 9010]

Starts Vedette, a stand-in for Discord with the channels sentry-critical, sentry-errors and sentry-performance, and
a small shop that reports through the official SDK. Open the two pages and watch. Ctrl+C stops everything; the
demo keeps its data in a temporary folder and removes it.`);
  process.exit(0);
}

await ensureReady();
const { startDiscordSandbox } = await import("../packages/discord-sandbox/dist/index.js");

const dataDir = mkdtempSync(join(tmpdir(), "vedette-demo-"));
const password = randomBytes(6).toString("hex");
const token = `sntryu_${randomBytes(32).toString("hex")}`;
const names = ["sentry-critical", "sentry-errors", "sentry-performance"];
const discord = await startDiscordSandbox({ port: Number(values["discord-port"]), channels: names });
const webhookOf = (name) => discord.channel(name).webhookUrl;

/** Starts a child whose lines are shown with its name. */
function start(name, args, environment) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.setEncoding("utf8");
  child.on("exit", (code) => {
    if (stopping) return;
    console.error(`demo: ${name} ended with ${code}`);
    void stop(1);
  });
  return child;
}

const server = start("server", [join("packages", "server", "dist", "main.js")], {
  VEDETTE_PORT: values.port,
  VEDETTE_DATA_DIR: dataDir,
  VEDETTE_ADMIN_EMAIL: "demo@example.com",
  VEDETTE_ADMIN_PASSWORD: password,
  VEDETTE_BOOTSTRAP_TOKEN: token,
  VEDETTE_PROVISION: join(root, "examples", "shop", "vedette.yaml"),
  VEDETTE_ALLOW_PRIVATE_HOOKS: "1",
  VEDETTE_DISCORD_API: `${discord.url}/api`,
  VEDETTE_LOG_LEVEL: "warn",
  DISCORD_CRITICAL_WEBHOOK: webhookOf("sentry-critical"),
  DISCORD_ERRORS_WEBHOOK: webhookOf("sentry-errors"),
  DISCORD_PERFORMANCE_WEBHOOK: webhookOf("sentry-performance"),
});
let shop;
let stopping = false;

/** Ends what was started, then the demo itself. */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  for (const child of [shop, server]) {
    if (!child || child.exitCode !== null) continue;
    child.kill("SIGTERM");
    await new Promise((resolve) => child.once("exit", resolve));
  }
  await discord.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(code);
}
process.on("SIGINT", () => void stop(0));
process.on("SIGTERM", () => void stop(0));
process.on("uncaughtException", (error) => {
  console.error(error);
  void stop(1);
});

/** Resolves with the server's address once its banner is printed. */
const address = await new Promise((resolve) => {
  let text = "";
  server.stdout.on("data", (part) => {
    text += part;
    const found = /Pages\s+(http:\/\/\S+)/.exec(text);
    if (found) resolve(found[1]);
  });
});

const keys = await fetch(`${address}/api/0/projects/default/shop/keys/`, {
  headers: { Authorization: `Bearer ${token}` },
});
if (!keys.ok) throw new Error(`the shop's key cannot be read: ${keys.status} ${await keys.text()}`);
const [key] = await keys.json();
shop = start(
  "shop",
  ["--import", "./examples/shop/src/instrument.mjs", join("examples", "shop", "src", "shop.mjs")],
  {
    SENTRY_DSN: key.dsn.public,
  },
);
shop.stdout.on("data", (text) => process.stdout.write(text));

console.log(`
  Vedette     ${address}        sign in as demo@example.com with ${password}
  Discord     ${discord.url}        what the team would see

  The shop is open and already in trouble. Ctrl+C stops everything.
`);
