import { afterEach, beforeEach, expect, it } from "vitest";
import type { QueueEntry, QueueItem, QueueReader, QueueRecord, QueueWriter } from "./port.js";

/** An empty queue of its own for one test. */
export interface QueuePlace {
  openWriter(): Promise<QueueWriter>;
  openReader(): Promise<QueueReader>;
  /** Called after everything is closed. */
  remove(): Promise<void>;
}

/** An entry whose body is the given text. */
export function makeEntry(text: string, item: Partial<QueueItem> = {}): QueueEntry {
  const filled: QueueItem = {
    type: "event",
    projectId: 1,
    publicKey: "a".repeat(32),
    eventId: "b".repeat(32),
    receivedAt: 1_790_000_000_000,
    sentAt: null,
    header: {},
    clientIp: "127.0.0.1",
    userAgent: "test",
    client: "sentry.javascript.node/11.0.0",
    envelope: {},
    attachments: [],
    ...item,
  };
  return { item: filled, body: Buffer.from(text) };
}

/** The bodies as text, in order. */
export function texts(records: readonly QueueRecord[]): readonly string[] {
  return records.map((record) => record.body.toString());
}

const everything = { after: 0, maxRecords: 100_000, maxBytes: Infinity };

/** What every queue promises (port.ts). Call it inside a `describe`. */
export function queueContract(makePlace: () => Promise<QueuePlace>): void {
  let place: QueuePlace;
  let writer: QueueWriter;
  let reader: QueueReader;

  beforeEach(async () => {
    place = await makePlace();
    writer = await place.openWriter();
    reader = await place.openReader();
  });
  afterEach(async () => {
    await writer.close();
    await reader.close();
    await place.remove();
  });

  async function appendTexts(...bodies: string[]): Promise<readonly QueueRecord[]> {
    await writer.append(bodies.map((text) => makeEntry(text)));
    return reader.read(everything);
  }

  it("gives back items and bodies unchanged, in the order of their positions", async () => {
    const odd = makeEntry("", { header: { filename: "ü\0\ud83d\ude00" }, sentAt: 5, blobKey: "a/b" });
    const binary = { ...makeEntry("x"), body: Buffer.from([0, 255, 128, 10]) };
    await writer.append([odd, binary, makeEntry("third")]);
    const records = await reader.read(everything);
    expect(records.map(({ item, body }) => ({ item, body }))).toEqual([odd, binary, makeEntry("third")]);
    const positions = records.map((record) => record.seq);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(new Set(positions).size).toBe(3);
  });

  it("reads after a position, up to a position, and again the same", async () => {
    const [first, second, third] = await appendTexts("1", "2", "3", "4");
    const bounds = { after: first?.seq ?? 0, upTo: third?.seq ?? 0, maxRecords: 10, maxBytes: Infinity };
    expect(texts(await reader.read(bounds))).toEqual(["2", "3"]);
    expect(texts(await reader.read(bounds))).toEqual(["2", "3"]);
    expect(texts(await reader.read({ ...everything, after: second?.seq ?? 0 }))).toEqual(["3", "4"]);
  });

  it("stops at the number of records and at about the number of bytes, but gives at least one", async () => {
    await appendTexts("x".repeat(50_000), "y".repeat(50_000), "z".repeat(50_000));
    expect(await reader.read({ after: 0, maxRecords: 2, maxBytes: Infinity })).toHaveLength(2);
    expect(await reader.read({ after: 0, maxRecords: 10, maxBytes: 60_000 })).toHaveLength(2);
    expect(await reader.read({ after: 0, maxRecords: 10, maxBytes: 1 })).toHaveLength(1);
  });

  it("keeps the entries of one append together and in order while many append at once", async () => {
    const appends = Array.from({ length: 200 }, (_, index) => [`${index}a`, `${index}b`, `${index}c`]);
    await Promise.all(appends.map((group) => writer.append(group.map((text) => makeEntry(text)))));
    const read = texts(await reader.read(everything));
    expect(read).toHaveLength(600);
    for (const group of appends) {
      const at = read.indexOf(group[0] ?? "");
      expect(read.slice(at, at + 3)).toEqual(group);
    }
  });

  it("takes an append of nothing, and one of several megabytes", async () => {
    await writer.append([]);
    await writer.append([makeEntry("m".repeat(9_000_000))]);
    const records = await reader.read(everything);
    expect(records.map((record) => record.body.length)).toEqual([9_000_000]);
  });

  it("wakes a waiting reader within moments, and lets it go at its time or signal", async () => {
    const started = performance.now();
    const wait = reader.waitFor(0, 10_000);
    await writer.append([makeEntry("x")]);
    await wait;
    expect(performance.now() - started).toBeLessThan(1000);
    const [record] = await reader.read(everything);
    await reader.waitFor(0, 10_000);
    await reader.waitFor(record?.seq ?? 0, 50);
    const stop = new AbortController();
    const aborted = reader.waitFor(record?.seq ?? 0, 10_000, stop.signal);
    stop.abort();
    await aborted;
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("forgets what was trimmed, and never uses a position twice", async () => {
    const records = await appendTexts("1", "2", "3");
    await reader.trim(records[1]?.seq ?? 0);
    expect(texts(await reader.read(everything))).toEqual(["3"]);
    await reader.trim(records[2]?.seq ?? 0);
    await reader.trim(records[2]?.seq ?? 0);
    expect(await reader.read(everything)).toEqual([]);
    const [next] = await appendTexts("4");
    expect(next?.seq).toBeGreaterThan(records[2]?.seq ?? 0);
  });

  it("tells the depth on both sides", async () => {
    expect(await reader.depth()).toEqual({ records: 0, bytes: 0, oldestAt: null });
    await writer.append([
      makeEntry("x".repeat(100), { receivedAt: 111 }),
      makeEntry("y", { receivedAt: 222 }),
    ]);
    const depth = await reader.depth();
    expect(depth).toMatchObject({ records: 2, oldestAt: 111 });
    expect(depth.bytes).toBeGreaterThan(100);
    expect(writer.depth()).toMatchObject({ records: 2, oldestAt: 111 });
    const records = await reader.read(everything);
    await reader.trim(records[0]?.seq ?? 0);
    expect(await reader.depth()).toMatchObject({ records: 1, oldestAt: 222 });
    await reader.trim(records[1]?.seq ?? 0);
    expect(await reader.depth()).toEqual({ records: 0, bytes: 0, oldestAt: null });
    await expect.poll(() => writer.depth().records, { timeout: 3000 }).toBe(0);
  });

  it("keeps buried records with their reason, once, beyond the trimming", async () => {
    const [poison] = await appendTexts("poison");
    expect(poison).toBeDefined();
    if (poison === undefined) return;
    await reader.bury(poison, "cannot be read");
    await reader.bury(poison, "again");
    await reader.trim(poison.seq);
    const dead = await reader.dead(10);
    expect(dead).toMatchObject([
      { seq: poison.seq, reason: "cannot be read", item: poison.item, sizeBytes: 6 },
    ]);
  });

  it("drives buried records again, all or the chosen ones", async () => {
    const records = await appendTexts("1", "2", "3");
    for (const record of records) await reader.bury(record, "broken");
    await reader.trim(records[2]?.seq ?? 0);
    const second = (await reader.dead(10)).find((letter) => letter.seq === records[1]?.seq);
    expect(await reader.redrive([second?.id ?? 0])).toBe(1);
    expect(texts(await reader.read(everything))).toEqual(["2"]);
    expect(await reader.redrive()).toBe(2);
    expect(texts(await reader.read(everything)).toSorted()).toEqual(["1", "2", "3"]);
    expect(await reader.dead(10)).toEqual([]);
    expect((await reader.depth()).records).toBe(3);
  });

  it("has everything again after closing and opening", async () => {
    await appendTexts("1", "2");
    await writer.close();
    await expect(writer.append([makeEntry("late")])).rejects.toThrow(/closed/);
    writer = await place.openWriter();
    await writer.append([makeEntry("3")]);
    expect(texts(await reader.read(everything))).toEqual(["1", "2", "3"]);
    expect(writer.depth().records).toBe(3);
  });

  it("commits what waits before it closes", async () => {
    const appends = Array.from({ length: 50 }, (_, index) => writer.append([makeEntry(String(index))]));
    await writer.close();
    await Promise.all(appends);
    expect(await reader.read(everything)).toHaveLength(50);
  });
}
