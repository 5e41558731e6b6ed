import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Server } from "../support/server.js";
import { compare } from "./compare.js";
import { knownEvent } from "./known-event.js";
import { LoadSender, sendEnvelope } from "./load-sender.js";
import { enginePid, residentMb, signal } from "./processes.js";
import { readIssues, waitForDrain } from "./read-back.js";

const maxBacklog = 50;
const largestGrowthMb = 250;

describe("a server whose event store stands still", () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({
      environment: { VEDETTE_MAX_BACKLOG: String(maxBacklog), VEDETTE_LOG_LEVEL: "warn" },
    });
  });
  afterAll(() => server?.stop());

  it("answers 429 with Retry-After, keeps its memory, and stores what it accepted once the store goes on", async () => {
    const port = Number(new URL(server.url).port);
    const engine = enginePid(server.pid);
    const beforeMb = residentMb(server.pid);
    let turn = 0;
    const sender = new LoadSender({
      port,
      connections: 16,
      eventsPerSecond: 500,
      next: () => knownEvent(`Pressed${turn++ % 5}Error`),
      doubledShare: 0,
      retriedShare: 0,
    });

    signal(engine, "SIGSTOP");
    sender.start();
    // Shorter than the five heartbeats after which the supervisor would replace the engine.
    await sleep(3_000);
    const refused = await sendEnvelope(port, "{}\n");
    const ready = await fetch(`${server.url}/readyz`);
    const grownMb = residentMb(server.pid) - beforeMb;
    signal(engine, "SIGCONT");
    await sender.stop();
    await waitForDrain(server);

    const outcome = compare(sender, await readIssues(server));
    console.log({
      answers: Object.fromEntries(sender.answers),
      grownMb: Math.round(grownMb),
      ...outcome.figures,
    });
    expect(refused?.status).toBe(429);
    expect(Number(refused?.retryAfter)).toBeGreaterThan(0);
    expect(ready.status).toBe(503);
    expect(sender.answers.get("429")).toBeGreaterThan(500);
    expect([...sender.answers.keys()].toSorted()).toEqual(["200", "429"]);
    // Requests that were let in together may pass the mark together, one for each connection.
    expect(sender.acknowledged.size).toBeLessThan(maxBacklog + 16 + 100);
    expect(grownMb).toBeLessThan(largestGrowthMb);
    expect(outcome.lost).toEqual([]);
    expect(outcome.doubled).toEqual([]);
    expect(outcome.figures["stored"]).toBe(sender.acknowledged.size);
  });

  it("accepts again afterwards", async () => {
    const event = knownEvent("AfterwardsError");
    const answer = await fetch(`${server.url}/api/1/envelope/?sentry_key=${new URL(server.dsn).username}`, {
      method: "POST",
      body: `{"event_id":"${event.id}"}\n{"type":"event"}\n{"message":"afterwards"}`,
    });
    expect(answer.status).toBe(200);
  });
});
