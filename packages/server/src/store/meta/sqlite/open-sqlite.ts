import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import type { MetaHandle } from "../connect.js";
import type { MetaSchema } from "../schema.js";
import { SqliteMetaDialect } from "./sqlite-dialect.js";

const cacheKib = 16 * 1024;
const mmapBytes = 64 * 1024 * 1024;
/** A log larger than this after a burst is cut back at the next checkpoint. */
const journalSizeLimitBytes = 16 * 1024 * 1024;

/**
 * Opens an SQLite file, creating it and its folder when missing. The handle has one connection, so other
 * threads and processes open handles of their own.
 */
export function openSqlite(path: string): MetaHandle {
  const db = new Kysely<MetaSchema>({ dialect: new SqliteMetaDialect(() => openConnection(path)) });
  return { db, dialect: "sqlite", close: () => db.destroy() };
}

function openConnection(path: string): Database.Database {
  if (path !== ":memory:") {
    mkdirSync(dirname(path), { recursive: true });
  }
  // The switch to WAL needs the file alone for a moment; later waiting is done by the driver, off the CPU.
  const database = new Database(path, { timeout: 5000 });
  database.pragma("journal_mode = WAL");
  database.pragma("busy_timeout = 0");
  // The queue is trimmed once a batch is committed here, so a commit must not vanish in a power cut:
  // NORMAL could lose the last ones. Measured on a VM's disk with one small update per transaction:
  // 6,400/s with FULL, 117,000/s with NORMAL; the program needs tens per second.
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.pragma(`cache_size = -${cacheKib}`);
  database.pragma(`mmap_size = ${mmapBytes}`);
  database.pragma(`journal_size_limit = ${journalSizeLimitBytes}`);
  addPostgresWays(database);
  return database;
}

/** What PostgreSQL has and SQLite lacks or does otherwise, so that one query means the same on both. */
function addPostgresWays(database: Database.Database): void {
  database.pragma("case_sensitive_like = ON");
  const options = { varargs: true, deterministic: true } as const;
  database.function("greatest", options, (...values: unknown[]) => pick(values, (a, b) => a > b));
  database.function("least", options, (...values: unknown[]) => pick(values, (a, b) => a < b));
}

type Comparable = number | string;

/** Like PostgreSQL, nulls are left out; null when nothing else is there. */
function pick(
  values: readonly unknown[],
  wins: (a: Comparable, b: Comparable) => boolean,
): Comparable | null {
  let best: Comparable | null = null;
  for (const value of values) {
    if ((typeof value === "number" || typeof value === "string") && (best === null || wins(value, best))) {
      best = value;
    }
  }
  return best;
}
