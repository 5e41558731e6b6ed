import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { QueueEntry, QueueReader, QueueWriter } from "../queue/port.js";
import { openQueueReader, openQueueWriter } from "../queue/sqlite/open-queue.js";
import { FileBlobStore } from "../store/blobs/files/file-blob-store.js";
import { ClickHouseStore } from "../store/events/clickhouse-store.js";
import { EventStoreError } from "../store/events/event-store-error.js";
import type { EventStore, InsertOptions } from "../store/events/port.js";
import { startEngine } from "../store/events/embedded/supervisor.js";
import type { EngineHandle } from "../store/events/embedded/supervisor.js";
import { migrateEvents } from "../store/events/migrations/migrate-events.js";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import { readPosition } from "./claim.js";
import { projectRulesCache } from "./prepare/project-rules.js";
import { processBatch } from "./process-batch.js";
import type { ProcessPorts } from "./process-batch.js";

let folder: string;
let engine: EngineHandle;
let events: ClickHouseStore;
let meta: MetaHandle;
let writer: QueueWriter;
let reader: QueueReader;
let ports: ProcessPorts;
let projectId = 0;
const signal = new AbortController().signal;
const start = Date.now();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vedette-process-"));
  engine = await startEngine({ dataDir: join(folder, "events") });
  events = new ClickHouseStore({ socketPath: engine.socketPath });
  await migrateEvents(events);
});

afterAll(async () => {
  await events.close();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

let run = 0;
beforeEach(async () => {
  run++;
  meta = await openMeta(join(folder, `meta-${run}.db`));
  writer = await openQueueWriter({ path: join(folder, `queue-${run}.db`) });
  reader = await openQueueReader({ path: join(folder, `queue-${run}.db`) });
  await meta.db
    .insertInto("organization")
    .values({
      slug: "default",
      name: "Default",
      created_at: start,
      alerts_stopped_at: null,
      alerts_stopped_by: null,
      settings: "{}",
    })
    .execute();
  const project = await meta.db
    .insertInto("project")
    .values({
      // Ids go on over the tests, since they share one event store.
      id: run,
      organization_id: 1,
      slug: "shop",
      name: "Shop",
      platform: "node",
      status: "active",
      created_at: start,
      first_event_at: null,
      settings: "{}",
      next_short_id: 1,
      revision: 1,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  projectId = project.id;
  ports = {
    queue: reader,
    meta: meta.db,
    events,
    blobs: new FileBlobStore(join(folder, "blobs")),
    rules: projectRulesCache(meta.db),
    now: () => start,
  };
  return async () => {
    await writer.close();
    await reader.close();
    await meta.close();
  };
});

let ids = 0;
function newId(): string {
  ids++;
  return ids.toString(16).padStart(32, "a");
}

function entry(payload: unknown, overrides: Partial<QueueEntry["item"]> = {}): QueueEntry {
  return {
    item: {
      type: "event",
      projectId,
      publicKey: "k".repeat(32),
      eventId: newId(),
      receivedAt: start,
      sentAt: null,
      header: { type: "event" },
      clientIp: "203.0.113.7",
      userAgent: "",
      client: "sentry.javascript.node/11.0.0",
      envelope: {},
      attachments: [],
      ...overrides,
    },
    body: Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)),
  };
}

const error = (type: string, fields: object = {}) => ({
  platform: "node",
  level: "error",
  environment: "production",
  exception: {
    values: [
      {
        type,
        value: "no money",
        stacktrace: { frames: [{ filename: "/app/cart.js", function: "pay", lineno: 3, in_app: true }] },
      },
    ],
  },
  ...fields,
});

/** Appends, then processes everything that waits as one batch. */
async function process(entries: readonly QueueEntry[]) {
  if (entries.length > 0) await writer.append(entries);
  const { position, attempts } = await readPosition(meta.db);
  const records = await reader.read({ after: position, maxRecords: 1_000, maxBytes: 1e9 });
  const upTo = records.at(-1)?.seq ?? position;
  return processBatch(ports, { bounds: { after: position, upTo, attempt: attempts + 1 }, records, signal });
}

const issues = () => meta.db.selectFrom("issue").selectAll().orderBy("id").execute();
const changes = () =>
  meta.db.selectFrom("change").select(["kind", "issue_id", "data"]).orderBy("id").execute();
const storedRows = () =>
  events.query<{ event_id: string; payload: string }>(
    "SELECT event_id, payload FROM events WHERE project_id = {p:UInt64}",
    { p: projectId },
  );
const outcomes = () =>
  events.query<{ outcome: string; reason: string; category: string; n: number }>(
    `SELECT outcome, reason, category, toUInt32(sum(quantity)) AS n FROM outcomes WHERE project_id = {p:UInt64}
     GROUP BY outcome, reason, category ORDER BY outcome, reason, category`,
    { p: projectId },
  );

describe("processing a batch", () => {
  it("stores events, makes issues and tells the change log", async () => {
    const report = await process([
      entry(error("PaymentError")),
      entry(error("PaymentError")),
      entry(error("Other")),
    ]);
    expect(report).toMatchObject({ records: 3, events: 3, duplicates: 0, dead: 0 });
    expect(await issues()).toMatchObject([
      {
        title: "PaymentError: no money",
        times_seen: 2,
        short_id: 1,
        status: "unresolved",
        substatus: "new",
        priority: "high",
      },
      { times_seen: 1, short_id: 2 },
    ]);
    expect((await changes()).map(({ kind }) => kind)).toEqual(["first_seen", "seen", "first_seen", "seen"]);
    expect(await storedRows()).toHaveLength(3);
    expect(await outcomes()).toEqual([{ outcome: "accepted", reason: "", category: "error", n: 3 }]);
    const project = await meta.db.selectFrom("project").select("first_event_at").executeTakeFirstOrThrow();
    expect(project.first_event_at).toBe(start);
  });

  it("counts an event id once, within a batch and over batches", async () => {
    const eventId = newId();
    await process([entry(error("CartError"), { eventId }), entry(error("CartError"), { eventId })]);
    const report = await process([entry(error("CartError"), { eventId }), entry(error("CartError"))]);
    expect(report).toMatchObject({ events: 1, duplicates: 1 });
    expect(await issues()).toMatchObject([{ times_seen: 2 }]);
    expect(await storedRows()).toHaveLength(2);
    expect(await outcomes()).toContainEqual({
      outcome: "invalid",
      reason: "duplicate",
      category: "error",
      n: 2,
    });
  });

  it("has its effect once when the meta transaction was lost after the rows were stored", async () => {
    await writer.append([entry(error("CartError")), entry(error("CartError"))]);
    const records = await reader.read({ after: 0, maxRecords: 10, maxBytes: 1e9 });
    const upTo = records.at(-1)?.seq ?? 0;
    await readPosition(meta.db);
    const work = { bounds: { after: 0, upTo, attempt: 1 }, records, signal };
    const broken: ProcessPorts = { ...ports, meta: withoutTransactions() };
    await expect(processBatch(broken, work)).rejects.toThrow("the connection was lost");
    expect(await issues()).toEqual([]);
    expect(await readPosition(meta.db)).toMatchObject({ position: 0, claimedTo: upTo, attempts: 1 });
    await processBatch(ports, { ...work, bounds: { ...work.bounds, attempt: 2 } });
    expect(await issues()).toMatchObject([{ times_seen: 2 }]);
    expect(await storedRows()).toHaveLength(2);
    expect(await outcomes()).toEqual([{ outcome: "accepted", reason: "", category: "error", n: 2 }]);
  });

  it("refuses to commit when another consumer has moved the position", async () => {
    await writer.append([entry(error("CartError"))]);
    const records = await reader.read({ after: 0, maxRecords: 10, maxBytes: 1e9 });
    await readPosition(meta.db);
    await meta.db.updateTable("consumer").set({ position: 99 }).execute();
    const bounds = { after: 0, upTo: records[0]?.seq ?? 1, attempt: 1 };
    await expect(processBatch(ports, { bounds, records, signal })).rejects.toThrow("position 0 has moved");
    expect(await issues()).toEqual([]);
  });

  it("refuses other bounds than those another server has begun with", async () => {
    await writer.append([entry(error("CartError")), entry(error("CartError"))]);
    const records = await reader.read({ after: 0, maxRecords: 10, maxBytes: 1e9 });
    const [first, second] = records.map(({ seq }) => seq);
    await readPosition(meta.db);
    await meta.db
      .updateTable("consumer")
      .set({ claimed_to: first ?? 0, attempts: 1 })
      .execute();
    const bounds = { after: 0, upTo: second ?? 0, attempt: 1 };
    await expect(processBatch(ports, { bounds, records, signal })).rejects.toThrow("position 0 has moved");
    expect(await storedRows()).toEqual([]);
  });

  it("counts what cannot be read as invalid and keeps the rest", async () => {
    const report = await process([
      entry("{not json"),
      entry(error("CartError")),
      entry("", {}),
      entry("[1,2]"),
    ]);
    expect(report).toMatchObject({ records: 4, events: 1, dead: 0 });
    const counted = await outcomes();
    expect(counted.filter(({ outcome }) => outcome === "invalid").reduce((sum, { n }) => sum + n, 0)).toBe(3);
  });

  it("takes client reports in as outcomes", async () => {
    const report = { discarded_events: [{ reason: "queue_overflow", category: "error", quantity: 7 }] };
    await process([entry(report, { type: "client_report", eventId: "", header: { type: "client_report" } })]);
    expect(await outcomes()).toEqual([
      { outcome: "client_discard", reason: "queue_overflow", category: "error", n: 7 },
    ]);
  });

  it("keeps items whose stage does not exist yet as they came", async () => {
    await process([entry("opaque", { type: "replay_event", header: { type: "replay_event" } })]);
    expect(await outcomes()).toEqual([{ outcome: "accepted", reason: "", category: "replay", n: 1 }]);
    const day = new Date(start).toISOString().slice(0, 10);
    const { position } = await readPosition(meta.db);
    const raw = await ports.blobs.get(`raw/replay_event/${day}/0-${position}`);
    expect(raw?.toString()).toContain("opaque\n");
    const files = await meta.db.selectFrom("attachment").selectAll().execute();
    expect(files).toMatchObject([{ project_id: 0, attachment_type: "raw", item_type: "replay_event" }]);
  });

  describe("with attachments", () => {
    const file = (blobKey: string) => ({
      itemType: "attachment",
      // As a hostile header may say it; PostgreSQL takes no NUL.
      name: "log\0\ud800.txt",
      contentType: "text/plain",
      attachmentType: "event.attachment",
      sizeBytes: 3,
      blobKey: `attachments/${projectId}/${blobKey}`,
    });

    async function withFile(fields: object, blobKey: string, overrides: Partial<QueueEntry["item"]> = {}) {
      const one = file(blobKey);
      await ports.blobs.put(one.blobKey, Buffer.from("log"));
      return entry(error("CartError", fields), { ...overrides, attachments: [one] });
    }

    const shown = async () => {
      const rows = await meta.db.selectFrom("attachment").selectAll().orderBy("id").execute();
      expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(["log\ufffd.txt"]));
      return rows.map((row) => row.blob_key.split("/").at(-1));
    };
    const exists = async (blobKey: string) => (await ports.blobs.get(file(blobKey).blobKey)) !== null;
    it("keeps the files of an event, and drops those of its repetition", async () => {
      const eventId = newId();
      await process([await withFile({}, "first", { eventId })]);
      await process([await withFile({}, "again", { eventId })]);
      expect(await shown()).toEqual(["first"]);
      expect([await exists("first"), await exists("again")]).toEqual([true, false]);
    });

    it("keeps the files of what is set aside, without showing them", async () => {
      const picky: ProcessPorts = { ...ports, events: refusing(ports.events, "poison") };
      await writer.append([await withFile({ extra: { poison: 1 } }, "aside"), await withFile({}, "good")]);
      const records = await reader.read({ after: 0, maxRecords: 10, maxBytes: 1e9 });
      await readPosition(meta.db);
      const bounds = { after: 0, upTo: records.at(-1)?.seq ?? 0, attempt: 1 };
      const report = await processBatch(picky, { bounds, records, signal });
      expect(report).toMatchObject({ events: 1, dead: 1 });
      expect(await shown()).toEqual(["good"]);
      expect(await exists("aside")).toBe(true);
      await reader.redrive();
      await process([]);
      expect(await shown()).toEqual(["good", "aside"]);
      expect(await issues()).toMatchObject([{ times_seen: 2 }]);
    });
  });

  /** The real store, but it refuses rows with the word. */
  function refusing(store: EventStore, word: string): EventStore {
    return new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        if (name !== "insert") return value.bind(target);
        return async (table: string, ndjson: string, options: InsertOptions) => {
          if (ndjson.includes(word)) throw new EventStoreError("bad_row", "no such value");
          await target.insert(table, ndjson, options);
        };
      },
    });
  }

  it("filters and scrubs by the project's settings, at once after a change", async () => {
    await process([entry(error("CartError", { extra: { password: "hunter2" } }))]);
    expect((await storedRows())[0]?.payload).not.toContain("hunter2");
    await meta.db
      .updateTable("project")
      .set({ settings: JSON.stringify({ filters: { errorMessages: ["*no money*"] } }), revision: 2 })
      .execute();
    await process([entry(error("CartError"))]);
    expect(await outcomes()).toContainEqual({
      outcome: "filtered",
      reason: "error-message",
      category: "error",
      n: 1,
    });
  });

  it("reopens a resolved issue as regressed", async () => {
    await process([entry(error("CartError"))]);
    await meta.db
      .updateTable("issue")
      .set({ status: "resolved", substatus: null, status_at: start - 1 })
      .execute();
    await process([entry(error("CartError"))]);
    expect(await issues()).toMatchObject([{ status: "unresolved", substatus: "regressed", times_seen: 2 }]);
    expect((await changes()).map(({ kind }) => kind)).toEqual(["first_seen", "seen", "regression", "seen"]);
  });

  it("tells when an issue is new in an environment", async () => {
    await process([entry(error("CartError", { environment: "staging" }))]);
    await process([entry(error("CartError", { environment: "production" }))]);
    const firsts = (await changes())
      .filter(({ kind }) => kind === "first_seen")
      .map(({ data }) => JSON.parse(data));
    expect(firsts).toMatchObject([
      { isNew: true, newInEnvironments: ["staging"] },
      { isNew: false, newInEnvironments: ["production"] },
    ]);
  });

  it("keeps releases and environments known", async () => {
    await process([
      entry(error("CartError", { release: "shop@1.0.0" })),
      entry(error("StockError", { release: "shop@1.0.0" })),
    ]);
    await process([entry(error("CartError", { release: "shop@1.0.0" }))]);
    const releases = await meta.db.selectFrom("release_project").selectAll().execute();
    expect(releases).toMatchObject([{ new_issues: 2 }]);
    const figures = await meta.db.selectFrom("issue_release").selectAll().orderBy("issue_id").execute();
    expect(figures).toMatchObject([
      { release: "shop@1.0.0", environment: "production", times_seen: 2 },
      { times_seen: 1 },
    ]);
  });

  /** The real store, but every transaction fails as if the connection broke. */
  function withoutTransactions() {
    return new Proxy(meta.db, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (name !== "transaction") return typeof value === "function" ? value.bind(target) : value;
        return () => ({ execute: () => Promise.reject(new Error("the connection was lost")) });
      },
    });
  }
});
