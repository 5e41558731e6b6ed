import { setTimeout as sleep } from "node:timers/promises";
import type Database from "better-sqlite3";

/** Records forgotten in one transaction: short enough that appends hardly notice the lock. */
const sliceRecords = 500;
const sliceVacuumPages = 256;
/** Between two slices the writer gets its turn. */
const pauseMs = 2;

interface Slice {
  readonly last: number | null;
  readonly records: number;
  readonly bytes: number;
}

/** Forgets consumed records in slices and gives the file's free space back after a backlog. */
export class Trimmer {
  readonly #database: Database.Database;
  readonly #keepFreePages: number;
  readonly #trimSlice: (upTo: number) => number;

  /** @param keepFreeBytes free space which stays in the file for the next records */
  constructor(database: Database.Database, keepFreeBytes: number) {
    this.#database = database;
    this.#keepFreePages = Math.ceil(keepFreeBytes / pragmaNumber(database, "page_size"));
    const measure = database.prepare<[number, number], Slice>(
      `select max(seq) as last, count(*) as records, coalesce(sum(size), 0) as bytes
       from (select seq, size from record where seq <= ? order by seq limit ?)`,
    );
    const forget = database.prepare<[number]>("delete from record where seq <= ?");
    const count = database.prepare<[number, number]>(
      "update depth set records = records - ?, bytes = bytes - ?",
    );
    const transaction = database.transaction((upTo: number): number => {
      const slice = measure.get(upTo, sliceRecords);
      if (slice === undefined || slice.last === null) {
        return 0;
      }
      forget.run(slice.last);
      count.run(slice.records, slice.bytes);
      return slice.records;
    });
    this.#trimSlice = (upTo) => transaction.immediate(upTo);
  }

  /** Forgets records up to and including `upTo`. */
  async trim(upTo: number): Promise<void> {
    while (this.#unsynced(() => this.#trimSlice(upTo)) === sliceRecords) {
      await sleep(pauseMs);
    }
    await this.#giveSpaceBack();
  }

  async #giveSpaceBack(): Promise<void> {
    for (;;) {
      const surplus = pragmaNumber(this.#database, "freelist_count") - this.#keepFreePages;
      if (surplus <= 0) {
        return;
      }
      const pages = Math.min(surplus, sliceVacuumPages);
      this.#unsynced(() => this.#database.pragma(`incremental_vacuum(${pages})`));
      await sleep(pauseMs);
    }
  }

  /** A trim lost in a power cut is done again, so it need not wait for the disk. */
  #unsynced<T>(work: () => T): T {
    this.#database.pragma("synchronous = NORMAL");
    try {
      return work();
    } finally {
      this.#database.pragma("synchronous = FULL");
    }
  }
}

function pragmaNumber(database: Database.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }));
}
