import type { QueueRecord } from "../queue/port.js";
import { EventStoreError } from "../store/events/event-store-error.js";
import type { EventStore } from "../store/port.js";

/** A row and the record it was made from, so that a refused row can be traced back. */
export interface Row {
  readonly line: string;
  readonly record: QueueRecord;
}

/** Rows that the event store refuses, with its reason. */
export interface RefusedRow extends Row {
  readonly reason: string;
}

/**
 * Stores the rows under a token made of the batch's bounds. A refused row does not take the others with it: the
 * batch is halved until the bad rows stand alone. Halves have tokens of their own, so that the way is the same when
 * the batch is read again.
 */
export async function insertRows(
  events: EventStore,
  rows: readonly Row[],
  { table, token, signal }: { table: string; token: string; signal: AbortSignal },
): Promise<readonly RefusedRow[]> {
  if (rows.length === 0) return [];
  try {
    await events.insert(table, rows.map(({ line }) => line).join("\n"), {
      dedupToken: `${table}:${token}`,
      signal,
    });
    return [];
  } catch (error) {
    if (!(error instanceof EventStoreError) || error.kind !== "bad_row") throw error;
    const only = rows[0];
    if (rows.length === 1 && only)
      return [{ ...only, reason: `the event store refused the row: ${error.message}` }];
    const middle = rows.length >> 1;
    const left = await insertRows(events, rows.slice(0, middle), {
      table,
      token: `${token}/0-${middle}`,
      signal,
    });
    const right = await insertRows(events, rows.slice(middle), {
      table,
      token: `${token}/${middle}-`,
      signal,
    });
    return [...left, ...right];
  }
}
