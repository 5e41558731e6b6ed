import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openQueueWriter } from "../../packages/server/dist/queue/sqlite/open-queue.js";
import { Server, publicKey } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { knownEvent, payloadOf } from "./known-event.js";
import type { KnownEvent } from "./known-event.js";
import { readIssues, redriveDeadLetters, waitForDrain } from "./read-back.js";

interface DeadLetter {
  readonly id: string;
  readonly reason: string;
  readonly type: string;
  readonly project: string;
  readonly eventId: string | null;
}

describe("a record whose processing throws", () => {
  let dataDir: string;
  let server: Server;
  const poison = knownEvent("PoisonError");
  const harmless = Array.from({ length: 40 }, () => knownEvent("HarmlessError"));
  const readDead = () => server.api<DeadLetter[]>("/internal/dead-letters/");

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "vedette-dead-"));
    const environment = { VEDETTE_LOG_LEVEL: "error" };
    server = await Server.start({ dataDir, environment });
    await server.stop();
    await appendToQueue(
      join(dataDir, "queue.sqlite"),
      [...harmless.slice(0, 20), poison, ...harmless.slice(20)],
      poison,
    );
    server = await Server.start({ dataDir, environment });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("is set aside with a reason, and its neighbours are stored", async () => {
    await waitForDrain(server);
    const dead = await waitFor("the dead letter", async () => (await readDead())[0]);
    expect(dead).toMatchObject({ type: "event", project: "default", eventId: poison.id });
    expect(dead.reason).not.toBe("");
    const issue = (await readIssues(server)).find(({ kind }) => kind === "HarmlessError");
    expect(issue?.count).toBe(harmless.length);
    expect(issue?.eventIds.toSorted()).toEqual(harmless.map(({ id }) => id).toSorted());
  });

  it("is tried again on demand, and set aside again as long as it throws", async () => {
    expect(await redriveDeadLetters(server)).toBe(1);
    await waitFor("the dead letter again", async () => (await readDead()).length === 1);
    await waitForDrain(server);
    expect((await readDead()).map(({ eventId }) => eventId)).toEqual([poison.id]);
  });
});

/** Writes records as ingest does, but the poison without the list of attachments that every part relies on. */
async function appendToQueue(path: string, events: readonly KnownEvent[], poison: KnownEvent): Promise<void> {
  const writer = await openQueueWriter({ path });
  await writer.append(
    events.map((event) => ({
      item: {
        type: "event",
        projectId: 1,
        publicKey,
        eventId: event.id,
        receivedAt: Date.now(),
        sentAt: null,
        header: { type: "event" },
        clientIp: "192.0.2.1",
        userAgent: "durability",
        client: "durability/1",
        envelope: {},
        attachments: event === poison ? (null as unknown as []) : [],
      },
      body: Buffer.from(JSON.stringify(payloadOf(event))),
    })),
  );
  await writer.close();
}
