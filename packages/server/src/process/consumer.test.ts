import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openQueueReader, openQueueWriter } from "../queue/sqlite/open-queue.js";
import type { QueueEntry, QueueReader, QueueWriter } from "../queue/port.js";
import { createLog } from "../shared/log.js";
import type { Clock } from "../shared/clock.js";
import { FileBlobStore } from "../store/blobs/files/file-blob-store.js";
import { EventStoreError } from "../store/events/event-store-error.js";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import type { EventStore } from "../store/port.js";
import { consume } from "./consumer.js";
import { projectRulesCache } from "./prepare/project-rules.js";

/** Above the attempts after which a record would be buried. */
const manyFailures = 12;

describe("the consumer", () => {
  let folder: string;
  let meta: MetaHandle;
  let writer: QueueWriter;
  let reader: QueueReader;
  let stop: AbortController;
  /** Waits of the consumer's own, passed over. */
  const clock: Clock = { now: Date.now, sleep: async () => undefined };
  const log = createLog({ level: "silent" });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vedette-consumer-"));
    meta = await openMeta(join(folder, "meta.sqlite"));
    writer = await openQueueWriter({ path: join(folder, "queue.sqlite") });
    reader = await openQueueReader({ path: join(folder, "queue.sqlite") });
    stop = new AbortController();
    await addProject(meta);
    await writer.append([record(), record()]);
  });
  afterEach(async () => {
    await writer.close();
    await reader.close();
    await meta.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs until the queue has been worked off; the event store throws what `faultOf` makes of an insert's number and rows. */
  async function run(faultOf: (insert: number, rows: string) => Error | null): Promise<{ inserts: number }> {
    const seen = { inserts: 0 };
    const events = {
      query: async () => [],
      insert: async (_table: string, rows: string) => {
        const fault = faultOf(++seen.inserts, rows);
        if (fault) throw fault;
      },
    } as unknown as EventStore;
    const ports = {
      queue: reader,
      meta: meta.db,
      events,
      blobs: new FileBlobStore(join(folder, "blobs")),
      rules: projectRulesCache(meta.db),
      now: Date.now,
    };
    const running = consume(ports, { log, clock }, stop.signal);
    await expect.poll(async () => (await reader.depth()).records, { timeout: 10_000 }).toBe(0);
    stop.abort();
    await running;
    return seen;
  }

  it("waits out a store that refuses for a while and sets nothing aside", async () => {
    const full = new EventStoreError("overloaded", "the disk is full");
    const { inserts } = await run((insert) => (insert <= manyFailures ? full : null));
    expect(inserts).toBeGreaterThan(manyFailures);
    expect(await reader.dead(10)).toEqual([]);
  });

  it("sets aside what fails again and again for no such reason", async () => {
    await run(() => new TypeError("a bug"));
    expect((await reader.dead(10)).map(({ item }) => item.type)).toEqual(["event", "event"]);
  });

  it("finds the one record that is poison and lets a thousand others through in large parts", async () => {
    const poison = record("poison");
    const many = (count: number) => Array.from({ length: count }, () => record());
    await writer.append([...many(700), poison, ...many(300)]);
    const { inserts } = await run((_insert, rows) =>
      rows.includes("poison") ? new TypeError("a bug") : null,
    );
    const dead = await reader.dead(10);
    expect(dead.map(({ item }) => item.eventId)).toEqual([poison.item.eventId]);
    expect(inserts).toBeLessThan(100);
  });
});

async function addProject({ db }: MetaHandle): Promise<void> {
  await db
    .insertInto("organization")
    .values({
      slug: "default",
      name: "Default",
      created_at: 0,
      alerts_stopped_at: null,
      alerts_stopped_by: null,
      settings: "{}",
    })
    .execute();
  await db
    .insertInto("project")
    .values({
      organization_id: 1,
      slug: "shop",
      name: "Shop",
      platform: "node",
      status: "active",
      created_at: 0,
      first_event_at: null,
      settings: "{}",
      next_short_id: 1,
      revision: 1,
    })
    .execute();
}

let ids = 0;

function record(message = "hello"): QueueEntry {
  return {
    item: {
      type: "event",
      projectId: 1,
      publicKey: "k".repeat(32),
      eventId: (++ids).toString(16).padStart(32, "0"),
      receivedAt: Date.now(),
      sentAt: null,
      header: { type: "event" },
      clientIp: "192.0.2.1",
      userAgent: "test",
      client: "test/1",
      envelope: {},
      attachments: [],
    },
    body: Buffer.from(JSON.stringify({ message })),
  };
}
