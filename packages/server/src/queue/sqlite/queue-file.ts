import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { errorCode } from "../../shared/error-code.js";
import { QueueError } from "../queue-error.js";
import { setAsideAndSalvage } from "./salvage.js";

const lockTimeoutMs = 5000;
const pageSizeBytes = 8192;
const cacheKib = 8 * 1024;
const journalSizeLimitBytes = 64 * 1024 * 1024;
/** A check reads the whole file; beyond this size it would delay the start too much. */
const largestFileToCheckBytes = 256 * 1024 * 1024;
const readerAttempts = 20;
const readerRetryMs = 250;

const tables = `
  create table if not exists record (
    seq integer primary key autoincrement,
    at integer not null,
    size integer not null,
    crc integer not null,
    item text not null,
    body blob not null
  ) strict;
  create table if not exists dead (
    id integer primary key autoincrement,
    seq integer not null unique,
    at integer not null,
    reason text not null,
    item text not null,
    body blob not null
  ) strict;
  create table if not exists depth (
    id integer primary key check (id = 1),
    records integer not null,
    bytes integer not null
  ) strict;
  insert or ignore into depth (id, records, bytes) values (1, 0, 0);`;

/**
 * Opens the file for the writer. A damaged file is renamed, what can be read of it goes into a new one, and
 * `onRepair` is told in a sentence.
 */
export function openWritingFile(path: string, onRepair: (message: string) => void): Database.Database {
  mkdirSync(dirname(path), { recursive: true });
  try {
    return openChecked(path);
  } catch (error) {
    if (!isCorrupt(error)) {
      throw error;
    }
  }
  onRepair(setAsideAndSalvage(path, openQueueDatabase));
  return openChecked(path);
}

/** Opens the file for a reader; while the writer may still be repairing a damaged one, tries again. */
export async function openReadingFile(path: string): Promise<Database.Database> {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    try {
      return openQueueDatabase(path);
    } catch (error) {
      if (!isCorrupt(error)) {
        throw error;
      }
      if (attempt === readerAttempts) {
        throw new QueueError(
          "corrupt",
          `The queue's file ${path} is damaged. Restart Vedette to repair it.`,
          { cause: error },
        );
      }
    }
    await sleep(readerRetryMs);
  }
}

/** Whether SQLite found the file's content impossible. */
export function isCorrupt(error: unknown): boolean {
  const code = errorCode(error) ?? "";
  return code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB";
}

function openChecked(path: string): Database.Database {
  const database = openQueueDatabase(path);
  try {
    check(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function check(database: Database.Database, path: string): void {
  if (statSync(path).size > largestFileToCheckBytes) {
    database.prepare("select * from record order by seq limit 1").get();
    database.prepare("select * from record order by seq desc limit 1").get();
    return;
  }
  const result: unknown = database.pragma("quick_check(1)", { simple: true });
  if (result !== "ok") {
    throw new Database.SqliteError(String(result), "SQLITE_CORRUPT");
  }
}

function openQueueDatabase(path: string): Database.Database {
  const database = new Database(path, { timeout: lockTimeoutMs });
  try {
    // Both only take effect on an empty file. Of 4 to 64 KiB, 4 and 8 kept p99 of append shortest (6 to 10 ms at
    // 2,500 records of 11 KB a second), 8 with less CPU: 107 µs against 121 for append, read and trim.
    database.pragma(`page_size = ${pageSizeBytes}`);
    database.pragma("auto_vacuum = INCREMENTAL");
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma(`cache_size = -${cacheKib}`);
    database.pragma(`journal_size_limit = ${journalSizeLimitBytes}`);
    database.transaction(() => createTables(database)).immediate();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * A new file counts from the microseconds of now. Should an earlier file be lost, the new positions are still
 * above all which consumers remember, so nothing is skipped.
 */
function createTables(database: Database.Database): void {
  database.exec(tables);
  if (database.prepare("select 1 from sqlite_sequence where name = 'record'").get() === undefined) {
    database
      .prepare("insert into sqlite_sequence (name, seq) values ('record', ?)")
      .run(BigInt(Date.now()) * 1000n);
  }
}
