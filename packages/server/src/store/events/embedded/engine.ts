import { mkdirSync, rmSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { ChdbEngine } from "./chdb-engine.js";
import type { DrainCommand, EngineConfig, EngineMessage } from "./engine-config.js";
import { createHttpShim, type HttpShim } from "./http-shim.js";

/**
 * Entry of the child process that holds chDB. It is started by the supervisor only, and always ends by SIGKILL: leaving
 * through process.exit while chDB works crashed 15 times in 30.
 */
const PARENT_GONE_GRACE_MS = 2_000;

function tell(message: EngineMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) {
      resolve();
    } else {
      process.send(message, undefined, undefined, () => resolve());
    }
  });
}

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

function openEngine(config: EngineConfig): ChdbEngine {
  mkdirSync(config.chdbDir, { recursive: true, mode: 0o700 });
  return new ChdbEngine(config);
}

async function listen(shim: HttpShim, config: EngineConfig): Promise<void> {
  // Only now that chDB's lock is ours: a socket file here belongs to an engine that is dead.
  rmSync(config.socketPath, { force: true });
  process.umask(0o077);
  await new Promise<void>((resolve, reject) => {
    shim.server.once("error", reject);
    shim.server.listen(config.socketPath, resolve);
  });
}

async function drain(engine: ChdbEngine, shim: HttpShim, graceMs: number): Promise<void> {
  shim.refuseWork();
  const grace = new AbortController();
  const tooLong = sleep(graceMs, undefined, { signal: grace.signal, ref: false }).then(
    () => engine.stopReads(),
    () => undefined,
  );
  await shim.idle();
  grace.abort();
  await tooLong;
}

async function main(): Promise<void> {
  const config = JSON.parse(process.argv[2] ?? "{}") as EngineConfig;
  // Answering SDKs comes first; a query that takes a little longer hurts nobody.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  // Ctrl-C reaches the whole group of processes; the supervisor alone says when to stop.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => undefined);
  }
  let engine: ChdbEngine;
  try {
    engine = openEngine(config);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await tell({ type: "failed", message });
    die();
    return;
  }
  const shim = createHttpShim(engine);
  process.on("message", (command: DrainCommand) => {
    void drain(engine, shim, command.graceMs).then(() => tell({ type: "drained" }));
  });
  process.on("disconnect", () => {
    void drain(engine, shim, PARENT_GONE_GRACE_MS).finally(die);
    setTimeout(die, PARENT_GONE_GRACE_MS * 2);
  });
  // A server killed while this process was loading has closed the channel before anyone listened: no event will follow.
  if (!process.connected) {
    die();
    return;
  }
  await listen(shim, config);
  await tell({ type: "ready" });
}

main().catch(async (error: unknown) => {
  await tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  die();
});
