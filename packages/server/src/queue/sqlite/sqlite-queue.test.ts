import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { QueueReader, QueueWriter } from "../port.js";
import { makeEntry, queueContract, texts } from "../queue.test-suite.js";
import { openQueueReader, openQueueWriter } from "./open-queue.js";

const everything = { after: 0, maxRecords: 100_000, maxBytes: Infinity };

describe("the queue in an SQLite file", () => {
  queueContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), "vedette-queue-"));
    const path = join(folder, "queue.sqlite");
    return {
      openWriter: () => openQueueWriter({ path }),
      openReader: () => openQueueReader({ path }),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  });
});

describe("the queue's file", () => {
  let folder: string;
  let path: string;
  const open: (QueueReader | QueueWriter)[] = [];
  const repairs: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vedette-queue-"));
    path = join(folder, "queue.sqlite");
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    repairs.length = 0;
    rmSync(folder, { recursive: true, force: true });
  });

  async function writer(): Promise<QueueWriter> {
    const opened = await openQueueWriter({ path, onRepair: (message) => repairs.push(message) });
    open.push(opened);
    return opened;
  }

  async function reader(keepFreeBytes?: number): Promise<QueueReader> {
    const opened = await openQueueReader({ path, ...(keepFreeBytes === undefined ? {} : { keepFreeBytes }) });
    open.push(opened);
    return opened;
  }

  async function fill(count: number): Promise<void> {
    const filling = await openQueueWriter({ path });
    const bodies = Array.from({ length: count }, (_, index) => makeEntry(String(index).padStart(10_000)));
    await filling.append(bodies);
    await filling.close();
  }

  it("shrinks again after a backlog", async () => {
    await fill(2000);
    const grown = statSync(path).size;
    const reading = await reader(1_000_000);
    const records = await reading.read(everything);
    await reading.trim(records.at(-1)?.seq ?? 0);
    await reading.close();
    open.length = 0;
    expect(grown).toBeGreaterThan(20_000_000);
    expect(statSync(path).size).toBeLessThan(2_000_000);
  });

  it("opens with a torn tail of the log, without what was never acknowledged", async () => {
    const writing = await writer();
    await writing.append([makeEntry("kept")]);
    const wal = `${path}-wal`;
    // A copy is what a killed machine leaves behind: closing would clear the log away.
    const torn = join(folder, "torn.sqlite");
    const keptBytes = statSync(wal).size;
    await writing.append([makeEntry("torn".repeat(5000))]);
    copyFileSync(path, torn);
    copyFileSync(wal, `${torn}-wal`);
    truncateSync(`${torn}-wal`, keptBytes + 7000);
    path = torn;
    await writer();
    expect(texts(await (await reader()).read(everything))).toEqual(["kept"]);
    expect(repairs).toEqual([]);
  });

  it("is set aside when damaged, and the readable records go on with their positions", async () => {
    await fill(300);
    const before = await (await reader()).read(everything);
    await open.pop()?.close();
    const file = openSync(path, "r+");
    writeSync(
      file,
      Buffer.alloc(40_000, 0xff),
      0,
      40_000,
      Math.floor(statSync(path).size / 2 / 16_384) * 16_384,
    );
    closeSync(file);
    const writing = await writer();
    expect(repairs).toHaveLength(1);
    expect(repairs[0]).toMatch(/was set aside as .*queue\.sqlite\.damaged-\d{14}; \d+ of its records/);
    const after = await (await reader()).read(everything);
    expect(after.length).toBeGreaterThan(200);
    expect(after.length).toBeLessThan(300);
    const original = new Map(before.map((record) => [record.seq, record.body.toString()]));
    expect(after.every((record) => original.get(record.seq) === record.body.toString())).toBe(true);
    await writing.append([makeEntry("next")]);
    const newest = (await (await reader()).read(everything)).at(-1);
    expect(newest?.seq).toBeGreaterThan(before.at(-1)?.seq ?? 0);
  });

  it("is replaced when it is no database at all, with positions above all earlier ones", async () => {
    await fill(1);
    const [earlier] = await (await reader()).read(everything);
    await open.pop()?.close();
    writeFileSync(path, "this is not a database, although it has the name of one".repeat(100));
    await (await writer()).append([makeEntry("new")]);
    const [later] = await (await reader()).read(everything);
    expect(later?.seq).toBeGreaterThan(earlier?.seq ?? 0);
    expect(readdirSync(folder).some((name) => name.includes(".damaged-"))).toBe(true);
  });

  it("is followed by a waiting reader when the writer replaces it", async () => {
    await fill(1);
    const reading = await reader();
    writeFileSync(join(folder, "noise"), "x".repeat(50_000));
    renameSync(join(folder, "noise"), path);
    rmSync(`${path}-wal`, { force: true });
    rmSync(`${path}-shm`, { force: true });
    await (await writer()).append([makeEntry("after")]);
    await reading.waitFor(0, 100);
    expect(texts(await reading.read(everything))).toEqual(["after"]);
  });

  it("takes nothing while the disk has too little room, and gives what it has", async () => {
    await fill(1);
    const cramped = await openQueueWriter({ path, minFreeBytes: Number.MAX_SAFE_INTEGER });
    open.push(cramped);
    await expect(cramped.append([makeEntry("x")])).rejects.toMatchObject({ code: "storage" });
    const reading = await reader();
    const [record] = await reading.read(everything);
    await reading.trim(record?.seq ?? 0);
    expect(await reading.depth()).toMatchObject({ records: 0 });
  });

  it("refuses appends beyond what may wait in memory, and takes them again later", async () => {
    const writing = await openQueueWriter({ path, maxPendingBytes: 100_000 });
    open.push(writing);
    const first = writing.append([makeEntry("x".repeat(90_000))]);
    await expect(writing.append([makeEntry("y".repeat(90_000))])).rejects.toMatchObject({ code: "busy" });
    await first;
    await writing.append([makeEntry("z".repeat(90_000))]);
    expect(writing.depth().records).toBe(2);
  });
});
