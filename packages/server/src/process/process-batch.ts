import type { QueueReader, QueueRecord } from "../queue/port.js";
import type { BlobStore, EventStore, Meta } from "../store/port.js";
import { claim, commitPosition } from "./claim.js";
import type { Claim } from "./claim.js";
import { commitBatch } from "./commit/commit-batch.js";
import type { BatchAttachment } from "./commit/commit-batch.js";
import { findDuplicates } from "./commit/find-duplicates.js";
import { insertRows } from "./insert-rows.js";
import type { RefusedRow } from "./insert-rows.js";
import { cleanText } from "./normalise/parse-payload.js";
import { outcomeRows } from "./outcome-rows.js";
import { FactsBudget } from "./prepare/event-facts.js";
import { outcomesOf } from "./prepare/outcome-counts.js";
import { prepareRecord } from "./prepare/prepare-record.js";
import type { OutcomeCount, Prepared, PreparedEvent } from "./prepare/prepared.js";
import type { ProjectRulesCache } from "./prepare/project-rules.js";
import { storeRawItems } from "./raw-items.js";

export interface ProcessPorts {
  readonly queue: QueueReader;
  readonly meta: Meta;
  readonly events: EventStore;
  readonly blobs: BlobStore;
  readonly rules: ProjectRulesCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface BatchWork {
  readonly bounds: Claim;
  readonly records: readonly QueueRecord[];
  readonly signal: AbortSignal;
  /** Look up which rows are stored already: for records whose first batch had other bounds, hence another token. */
  readonly skipStored?: boolean;
}

/** What a batch did, for metrics and for those who wait for changes. */
export interface BatchReport {
  readonly records: number;
  readonly events: number;
  readonly duplicates: number;
  readonly dead: number;
  readonly issues: readonly number[];
}

/**
 * The way of a batch, on one page. Its effect is exactly-once (design 1): the bounds are written down first, rows go
 * into the event store under a token made of them, and one transaction has everything else and moves the position.
 */
export async function processBatch(ports: ProcessPorts, batch: BatchWork): Promise<BatchReport> {
  const { bounds, records, signal } = batch;
  const now = ports.now();
  await claim(ports.meta, bounds, now);

  // 1. Pure work: parse, normalise, filter, scrub, group.
  const rules = await ports.rules.get(records.map(({ item }) => item.projectId));
  const facts = new FactsBudget();
  const prepared = records.map((record) => prepareRecord(record, rules.get(record.item.projectId), facts));
  const sorted = sortOut(prepared);

  // 2. An id that was counted before is not counted again.
  const { fresh, duplicates } = await findDuplicates(ports.meta, sorted.events);

  // 3. Rows and raw items, under names made of the bounds: doing it twice has no effect.
  const token = `${bounds.after}-${bounds.upTo}`;
  const known = batch.skipStored ? await storedIds(ports.events, fresh) : noIds;
  const missing = fresh.filter(({ eventId }) => !known.has(eventId));

  const refused = await insertRows(ports.events, missing, { table: "events", token, signal });
  const stored = withoutRefused(fresh, refused);
  await insertOutcomes(ports.events, countsOf({ sorted, stored, duplicates, refused }), { token, signal });
  const raw = await storeRawItems(ports.blobs, sorted.raw, bounds);

  // 4. Poison is set aside under its position, before the position moves past it.
  const dead = [...sorted.dead, ...refused];
  for (const { record, reason } of dead) await ports.queue.bury(record, reason);

  // 5. One transaction: issues, change log, position. An attachment is kept with what it belongs to.
  const keepers = withAttachments([...stored.map(({ record }) => record), ...sorted.attached]);
  const issues = await ports.meta.transaction().execute(async (trx) => {
    const touched = await commitBatch(trx, {
      events: stored,
      attachments: [...attachmentsOf(keepers), ...raw],
      rules,
      now,
    });
    await commitPosition(trx, bounds, now);
    return touched;
  });

  // 6. Files of what was not kept: duplicates, filtered, invalid. What is set aside still needs its own.
  const kept = new Set([...keepers, ...dead.map(({ record }) => record)]);
  await deleteFiles(
    ports.blobs,
    withAttachments(records).filter((record) => !kept.has(record)),
  );
  return {
    records: records.length,
    events: stored.length,
    duplicates: duplicates.length,
    dead: dead.length,
    issues,
  };
}

const noIds: ReadonlySet<string> = new Set();

async function storedIds(events: EventStore, fresh: readonly PreparedEvent[]): Promise<ReadonlySet<string>> {
  if (fresh.length === 0) return noIds;
  const rows = await events.query<{ event_id: string }>(
    "SELECT event_id FROM events WHERE event_id IN {ids:Array(String)} AND project_id IN {projects:Array(UInt64)}",
    {
      ids: fresh.map(({ eventId }) => eventId),
      projects: fresh.map(({ record }) => record.item.projectId),
    },
  );
  return new Set(rows.map((row) => row.event_id));
}

interface Sorted {
  readonly events: PreparedEvent[];
  readonly outcomes: OutcomeCount[];
  readonly raw: QueueRecord[];
  readonly dead: { record: QueueRecord; reason: string }[];
  /** What has attachments of its own without an event of this record. */
  readonly attached: QueueRecord[];
}

function sortOut(prepared: readonly Prepared[]): Sorted {
  const sorted: Sorted = { events: [], outcomes: [], raw: [], dead: [], attached: [] };
  for (const one of prepared) {
    if (one.kind === "dead") {
      sorted.dead.push(one);
      continue;
    }
    sorted.outcomes.push(...one.outcomes);
    if (one.kind === "events") {
      sorted.events.push(...one.events);
    }
    if (one.kind === "raw") {
      sorted.attached.push(one.record);
      if (one.record.body.length > 0) sorted.raw.push(one.record);
    }
  }
  return sorted;
}

/** Of a record with several events, only the refused one is left out: the others are stored and remembered. */
function withoutRefused(
  events: readonly PreparedEvent[],
  refused: readonly RefusedRow[],
): readonly PreparedEvent[] {
  if (refused.length === 0) return events;
  const lines = new Set(refused.map(({ line }) => line));
  return events.filter(({ line }) => !lines.has(line));
}

function countsOf(ended: {
  sorted: Sorted;
  stored: readonly PreparedEvent[];
  duplicates: readonly PreparedEvent[];
  refused: readonly RefusedRow[];
}): readonly OutcomeCount[] {
  const dead = [...ended.sorted.dead, ...ended.refused];
  return [
    ...ended.sorted.outcomes,
    ...ended.stored.flatMap(({ record }) => outcomesOf(record, "accepted", "")),
    ...ended.duplicates.flatMap(({ record }) => outcomesOf(record, "invalid", "duplicate")),
    ...dead.flatMap(({ record }) => outcomesOf(record, "invalid", "internal")),
  ];
}

async function insertOutcomes(
  events: EventStore,
  counts: readonly OutcomeCount[],
  { token, signal }: { token: string; signal: AbortSignal },
): Promise<void> {
  const lines = outcomeRows(counts);
  if (lines.length > 0)
    await events.insert("outcomes", lines.join("\n"), { dedupToken: `outcomes:${token}`, signal });
}

function withAttachments(records: readonly QueueRecord[]): readonly QueueRecord[] {
  return [...new Set(records)].filter(({ item }) => item.attachments.length > 0);
}

/** A file that cannot be deleted now takes up room, and nothing else. */
async function deleteFiles(blobs: BlobStore, records: readonly QueueRecord[]): Promise<void> {
  const keys = records.flatMap(({ item }) => item.attachments.map(({ blobKey }) => blobKey));
  await Promise.allSettled(keys.map((key) => blobs.delete(key)));
}

function attachmentsOf(records: readonly QueueRecord[]): readonly BatchAttachment[] {
  return records.flatMap(({ item }) =>
    item.attachments.map((one) => ({
      ...one,
      // Names come from headers, which ingest passes on as they are; PostgreSQL takes no NUL.
      name: cleanText(one.name),
      contentType: cleanText(one.contentType),
      attachmentType: cleanText(one.attachmentType),
      projectId: item.projectId,
      eventId: item.eventId,
    })),
  );
}
