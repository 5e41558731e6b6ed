import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startDiscordSandbox } from "@vedette/discord-sandbox";
import type { DiscordSandbox } from "@vedette/discord-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Server } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { compare } from "./compare.js";
import { freePort } from "./free-port.js";
import { knownEvent } from "./known-event.js";
import { LoadSender } from "./load-sender.js";
import { readNotifications, waitForNotifications } from "./notifications.js";
import { enginePid, signal } from "./processes.js";
import { readIssues, readMetric, redriveDeadLetters, waitForDrain } from "./read-back.js";
import { writeRuleFile } from "./rule-file.js";

const rounds = 24;
const lastingKinds = 30;
const newKindsPerRound = 3;
const eventsPerSecond = 300;
const drainTimeoutMs = 240_000;

/** What is done to the server in a round, after it has worked for a random while. */
type Blow = "kill" | "kill engine" | "freeze engine" | "kill while starting";
const blows: readonly Blow[] = [
  "kill",
  "kill engine",
  "kill",
  "freeze engine",
  "kill",
  "kill while starting",
];

describe("a server that is killed again and again", () => {
  let dataDir: string;
  let port: number;
  let discord: DiscordSandbox;
  let server: Server;
  let round = 0;
  let turn = 0;
  const environment = () => ({
    VEDETTE_PROVISION: join(dataDir, "rules.yaml"),
    VEDETTE_DISCORD_API: `${discord.url}/api`,
    VEDETTE_LOG_LEVEL: "warn",
  });
  const start = () => Server.start({ dataDir, port, environment: environment() });

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "vedette-sigkill-"));
    discord = await startDiscordSandbox({ channels: ["first-seen"], rateLimit: false });
    await writeRuleFile(join(dataDir, "rules.yaml"), discord.channel("first-seen").webhookUrl ?? "");
    port = await freePort();
    server = await start();
  });

  afterAll(async () => {
    await server?.stop();
    await discord?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Mostly the lasting kinds; every few events one of the kinds that are new in this round. */
  const next = () => {
    turn++;
    const isNew = turn % 10 === 0;
    return knownEvent(
      isNew
        ? `Round${round}Kind${(turn / 10) % newKindsPerRound}Error`
        : `Lasting${turn % lastingKinds}Error`,
    );
  };

  /** Starts the server and kills it before it is ready, by the id it writes down first. */
  async function killWhileStarting(): Promise<void> {
    const starting = start().then(
      (early) => early.kill(),
      () => undefined,
    );
    const before = server.pid;
    await sleep(300 + Math.random() * 1_500);
    const pid = Number(await readFile(join(dataDir, "server.pid"), "utf8"));
    if (pid !== before) signal(pid, "SIGKILL");
    await starting;
  }

  async function strike(blow: Blow): Promise<void> {
    // On a machine that does much else, a server that always dies young gets nowhere; every third may finish a batch.
    if (round % 3 === 0) {
      await waitFor(
        "a batch",
        async () => (await readMetric(server, "vedette_process_batches_total")) > 0,
        60_000,
      );
    }
    await sleep(300 + Math.random() * 2_500);
    const engine = enginePid(server.pid);
    if (blow === "kill engine") {
      signal(engine, "SIGKILL");
      await sleep(Math.random() * 1_500);
    }
    if (blow === "freeze engine") {
      signal(engine, "SIGSTOP");
      await sleep(500 + Math.random() * 2_000);
    }
    await server.kill();
    // Nobody else would wake a frozen process whose parent is gone; awake it sees that and ends.
    if (blow === "freeze engine") signal(engine, "SIGCONT");
    if (blow === "kill while starting") await killWhileStarting();
  }

  it("stores what it acknowledged exactly once and tells of every new issue", async () => {
    const sender = new LoadSender({
      port,
      connections: 12,
      eventsPerSecond,
      next,
      doubledShare: 0.05,
      retriedShare: 0.5,
    });
    sender.start();
    const slowest = { startMs: 0 };
    for (round = 1; round <= rounds; round++) {
      await strike(blows[round % blows.length] ?? "kill");
      const began = performance.now();
      server = await start();
      slowest.startMs = Math.max(slowest.startMs, performance.now() - began);
    }
    await sleep(1_000);
    await sender.stop();
    await waitForDrain(server, drainTimeoutMs);
    const redriven = await redriveDeadLetters(server);
    await waitForNotifications(server, drainTimeoutMs);

    const issues = await readIssues(server);
    const outcome = compare(sender, issues);
    const told = await readNotifications(
      server,
      discord,
      issues.map(({ kind }) => kind),
    );
    console.log({
      rounds,
      redriven,
      ...slowest,
      answers: Object.fromEntries(sender.answers),
      ...outcome.figures,
      ...told.figures,
    });
    expect(outcome.lost).toEqual([]);
    expect(outcome.doubled).toEqual([]);
    expect(outcome.strangers).toEqual([]);
    expect(outcome.miscounted).toEqual([]);
    expect(told.missing).toEqual([]);
    expect(told.doubledSilently).toEqual([]);
    expect(outcome.figures["acknowledged"]).toBeGreaterThan(rounds * 100);
  }, 900_000);
});
