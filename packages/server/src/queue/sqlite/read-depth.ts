import type Database from "better-sqlite3";
import type { QueueDepth } from "../port.js";

interface DepthRow {
  readonly records: number;
  readonly bytes: number;
  readonly oldestAt: number | null;
}

/** Prepares the look at the counters, which every append and trim keep up to date; it takes microseconds. */
export function prepareDepth(database: Database.Database): () => QueueDepth {
  const statement = database.prepare<[], DepthRow>(
    `select records, bytes, (select at from record order by seq limit 1) as "oldestAt" from depth`,
  );
  return () => statement.get() ?? { records: 0, bytes: 0, oldestAt: null };
}
