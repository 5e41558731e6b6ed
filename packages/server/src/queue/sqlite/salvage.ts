import { existsSync, renameSync } from "node:fs";
import Database from "better-sqlite3";
import { errorCode } from "../../shared/error-code.js";
import { recordCrc } from "./record-crc.js";

interface SalvageTable {
  readonly key: string;
  readonly select: string;
  readonly insert: string;
}

/** Damage met while reading, a missing table among it; not the errors of writing, such as a full disk. */
const unreadable = /^SQLITE_(CORRUPT|NOTADB|ERROR|IOERR)/;

interface SalvagedRow {
  readonly crc?: number;
  readonly item: string;
  readonly body: Buffer;
}

const salvageTables: readonly SalvageTable[] = [
  {
    key: "seq",
    select: "select seq, at, size, crc, item, body from record",
    insert:
      "insert or ignore into record (seq, at, size, crc, item, body) values (@seq, @at, @size, @crc, @item, @body)",
  },
  {
    key: "id",
    select: "select id, seq, at, reason, item, body from dead",
    insert:
      "insert or ignore into dead (id, seq, at, reason, item, body) values (@id, @seq, @at, @reason, @item, @body)",
  },
];

/**
 * Renames a damaged queue file to `<path>.damaged-<time>` and copies what can be read of it into a new one,
 * positions kept: from the beginning up to the damage, then from the end down to it.
 *
 * @returns one sentence for the log
 */
export function setAsideAndSalvage(path: string, openNew: (path: string) => Database.Database): string {
  const aside = `${path}.damaged-${new Date()
    .toISOString()
    .replaceAll(/[^0-9]/g, "")
    .slice(0, 14)}`;
  for (const ending of ["", "-wal"]) {
    if (existsSync(path + ending)) {
      renameSync(path + ending, aside + ending);
    }
  }
  const fresh = openNew(path);
  try {
    const saved = salvage(aside, fresh);
    return `The queue's file was damaged. It was set aside as ${aside}; ${saved} of its records could be read and go on.`;
  } finally {
    fresh.close();
  }
}

/** Copies into `fresh` and returns how many waiting records there are now. */
function salvage(aside: string, fresh: Database.Database): number {
  let damaged: Database.Database;
  try {
    damaged = new Database(aside);
  } catch {
    return 0; // Not even its header can be read; the caller's sentence says that nothing was saved.
  }
  try {
    for (const table of salvageTables) {
      copyReadable(damaged, fresh, { table, order: "asc" });
      copyReadable(damaged, fresh, { table, order: "desc" });
    }
  } finally {
    damaged.close();
  }
  fresh.exec("update depth set (records, bytes) = (select count(*), coalesce(sum(size), 0) from record)");
  return Number(fresh.prepare("select records from depth").pluck().get());
}

/** Copies rows in one direction until the end or the damage; rows copied before are left as they are. */
function copyReadable(
  damaged: Database.Database,
  fresh: Database.Database,
  { table, order }: { table: SalvageTable; order: "asc" | "desc" },
): void {
  const insert = fresh.prepare(table.insert);
  try {
    const rows = damaged.prepare<[], SalvagedRow>(`${table.select} order by ${table.key} ${order}`);
    for (const row of rows.iterate()) {
      if (row.crc === undefined || row.crc === recordCrc(Buffer.from(row.item), row.body)) {
        insert.run(row);
      }
    }
  } catch (error) {
    if (!unreadable.test(errorCode(error) ?? "")) {
      throw error;
    }
    // The damage: what lies behind it is reached from the other side, or lost.
  }
}
