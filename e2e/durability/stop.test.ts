import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Server } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { compare } from "./compare.js";
import { freePort } from "./free-port.js";
import { knownEvent } from "./known-event.js";
import { LoadSender } from "./load-sender.js";
import { childrenOf, enginePid, signal } from "./processes.js";
import { readIssues, waitForDrain } from "./read-back.js";

const mainFile = fileURLToPath(new URL("../../packages/server/dist/main.js", import.meta.url));
const stopWithinMs = 10_000;

describe("a server that is asked to stop", () => {
  let dataDir: string;
  let port: number;
  let server: Server;
  const start = () => Server.start({ dataDir, port, environment: { VEDETTE_LOG_LEVEL: "warn" } });

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "vedette-stop-"));
    port = await freePort();
    server = await start();
  });
  afterEach(async () => {
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("ends with 0 within ten seconds under load and loses nothing", async () => {
    let turn = 0;
    const sender = new LoadSender({
      port,
      connections: 16,
      eventsPerSecond: 500,
      next: () => knownEvent(`Stopped${turn++ % 12}Error`),
      doubledShare: 0.05,
      retriedShare: 0.5,
    });
    sender.start();
    for (let stop = 0; stop < 4; stop++) {
      await sleep(1_500);
      const children = childrenOf(server.pid);
      const began = performance.now();
      expect(await server.stop()).toBe(0);
      const tookMs = performance.now() - began;
      console.log({ stop, tookMs: Math.round(tookMs) });
      expect(tookMs).toBeLessThan(stopWithinMs);
      expect(children.filter((pid) => signal(pid, "SIGCONT"))).toEqual([]);
      server = await start();
    }
    await sender.stop();
    await waitForDrain(server);
    const outcome = compare(sender, await readIssues(server));
    console.log({ answers: Object.fromEntries(sender.answers), ...outcome.figures });
    expect(outcome).toMatchObject({ lost: [], doubled: [], strangers: [], miscounted: [] });
    expect(outcome.figures["acknowledged"]).toBeGreaterThan(1_000);
  });

  it("ends at once on the second signal", async () => {
    const engine = enginePid(server.pid);
    // An engine that stands still keeps the orderly stop busy.
    signal(engine, "SIGSTOP");
    const stopped = server.stop();
    await sleep(300);
    const began = performance.now();
    signal(server.pid, "SIGTERM");
    expect(await stopped).toBe(1);
    expect(performance.now() - began).toBeLessThan(1_000);
    signal(engine, "SIGCONT");
    await waitFor("the engine's end", async () => !signal(engine, "SIGCONT"));
  });

  it("ends within ten seconds when its event store hangs", async () => {
    const engine = enginePid(server.pid);
    signal(engine, "SIGSTOP");
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(stopWithinMs + 500);
    await waitFor("the engine's end", async () => !signal(engine, "SIGCONT"));
  });

  it("refuses a second server on the same data directory and says why", async () => {
    const second = spawnSync(process.execPath, [mainFile], {
      env: { ...process.env, VEDETTE_DATA_DIR: dataDir, VEDETTE_PORT: "0" },
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`Another Vedette (process ${server.pid}) is using ${dataDir}`);
    expect(second.stderr).not.toMatch(/\n\s+at /);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
