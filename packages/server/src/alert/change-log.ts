import type { ChangeData, ChangeKind } from "../domain/change.js";
import type { Meta } from "../store/port.js";
import { groupOccurrences } from "./evaluate/occurrence.js";
import type { ChangeEntry, Occurrence } from "./evaluate/occurrence.js";

/** Name of alert's row in the table `consumer`. */
export const consumerName = "alert";

/** A piece of the change log. */
export interface ChangeBatch {
  /** Position before the batch; the commit is refused when it has moved. */
  readonly after: number;
  /** Id of the last row; the position after the batch. */
  readonly upTo: number;
  readonly occurrences: readonly Occurrence[];
  /** More rows are waiting. */
  readonly isFull: boolean;
}

const rowsPerBatch = 200;
/** Most rows have a few kilobytes; of a flood of large events one row can have megabytes. */
const charactersPerBatch = 8_000_000;
const rowsOfFirstSlice = 25;
/** How long a missing id may still appear: a writer's transaction on PostgreSQL takes its ids before it commits. */
const gapPatienceMs = 3_000;

/**
 * Reads the change log in order.
 *
 * Where writers run side by side, a row can become visible after one with a larger id. A missing id therefore stops
 * the reading for up to three seconds; after that its transaction is taken to have failed.
 */
export class ChangeLog {
  readonly #meta: Meta;
  readonly #gaps = new Map<number, number>();

  constructor(meta: Meta) {
    this.#meta = meta;
  }

  /** @returns the rows after alert's position, or null when there are none to take yet */
  async read(now: number): Promise<ChangeBatch | null> {
    const after = await this.#position();
    const { rows, hasMore } = await this.#readRows(after);
    const visible = rows.slice(0, this.#endOfUnbroken(rows, after, now));
    const isFull = hasMore && visible.length === rows.length;
    const taken = isFull ? withoutOpenEnd(visible) : visible;
    const last = taken.at(-1);
    if (!last) return null;
    const occurrences = groupOccurrences(taken.map(entryOf));
    return { after, upTo: last.id, occurrences, isFull };
  }

  /** Reads slices, each as long as those before it together, until a batch is full by number or by size. */
  async #readRows(after: number): Promise<{ rows: readonly ChangeRow[]; hasMore: boolean }> {
    const rows: ChangeRow[] = [];
    let characters = 0;
    while (rows.length < rowsPerBatch && characters < charactersPerBatch) {
      const limit = Math.min(rowsPerBatch - rows.length, rows.length || rowsOfFirstSlice);
      const slice = await this.#meta
        .selectFrom("change")
        .selectAll()
        .where("id", ">", rows.at(-1)?.id ?? after)
        .orderBy("id")
        .limit(limit)
        .execute();
      rows.push(...slice);
      for (const { data } of slice) characters += data.length;
      if (slice.length < limit) return { rows, hasMore: false };
    }
    return { rows, hasMore: true };
  }

  async #position(): Promise<number> {
    const row = await this.#meta
      .selectFrom("consumer")
      .select("position")
      .where("name", "=", consumerName)
      .executeTakeFirst();
    if (row) return row.position;
    await this.#meta
      .insertInto("consumer")
      .values({ name: consumerName, position: 0, claimed_to: null, attempts: 0, updated_at: 0 })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
    return 0;
  }

  /** Index of the first row behind a gap that may still close; the number of rows when there is none. */
  #endOfUnbroken(rows: readonly { id: number; at: number }[], after: number, now: number): number {
    let expected = after + 1;
    for (const [index, { id, at }] of rows.entries()) {
      if (id !== expected && now - at < gapPatienceMs && !this.#hasWaited(expected, now)) return index;
      expected = id + 1;
    }
    this.#gaps.clear();
    return rows.length;
  }

  #hasWaited(missingId: number, now: number): boolean {
    const since = this.#gaps.get(missingId) ?? now;
    this.#gaps.set(missingId, since);
    return now - since >= gapPatienceMs;
  }
}

/** What a batch wrote about one issue must not be torn apart: it ends with `seen`, within three rows. */
function withoutOpenEnd<T extends { kind: string; issue_id: number }>(rows: readonly T[]): readonly T[] {
  const last = rows.at(-1);
  if (!last || last.kind === "seen") return rows;
  const start = rows.findLastIndex((row) => row.issue_id !== last.issue_id || row.kind === "seen") + 1;
  return start > 0 && rows.length - start < 3 ? rows.slice(0, start) : rows;
}

interface ChangeRow {
  readonly id: number;
  readonly at: number;
  readonly project_id: number;
  readonly issue_id: number;
  readonly kind: string;
  readonly data: string;
}

function entryOf(row: ChangeRow): ChangeEntry {
  return {
    id: row.id,
    projectId: row.project_id,
    issueId: row.issue_id,
    at: row.at,
    kind: row.kind as ChangeKind,
    data: dataOf(row.data),
  };
}

/** Other writers of the log may leave out what does not apply to them; an unreadable row still says that something happened. */
function dataOf(text: string): ChangeData {
  try {
    const data = JSON.parse(text) as Partial<ChangeData>;
    return { ...data, count: data.count ?? 0, events: data.events ?? [] };
  } catch {
    return { count: 0, events: [] };
  }
}
