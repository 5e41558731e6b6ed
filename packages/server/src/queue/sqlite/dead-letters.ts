import type Database from "better-sqlite3";
import type { DeadLetter, QueueItem, QueueRecord } from "../port.js";
import { recordCrc } from "./record-crc.js";

interface DeadRow {
  readonly id: number;
  readonly seq: number;
  readonly at: number;
  readonly reason: string;
  readonly item: string;
  readonly sizeBytes: number;
}

/** Records which cannot be processed, in the queue's own file; they survive its trimming. */
export class DeadLetters {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
    database.function("record_crc", { deterministic: true }, (item: string, body: Buffer) =>
      recordCrc(Buffer.from(item), body),
    );
  }

  /** Sets a record aside; the same position a second time changes nothing. */
  bury(record: QueueRecord, reason: string): void {
    this.#database
      .prepare("insert or ignore into dead (seq, at, reason, item, body) values (?, ?, ?, ?, ?)")
      .run(record.seq, Date.now(), reason, JSON.stringify(record.item), record.body);
  }

  /** The newest first. */
  list(limit: number): readonly DeadLetter[] {
    const rows = this.#database
      .prepare<[number], DeadRow>(
        `select id, seq, at, reason, item, length(body) as "sizeBytes" from dead order by id desc limit ?`,
      )
      .all(limit);
    return rows.map((row) => {
      const item: QueueItem = JSON.parse(row.item);
      return { ...row, item };
    });
  }

  /** Appends the given letters, or all, at the queue's end in one transaction; returns how many. */
  redrive(ids?: readonly number[]): number {
    const chosen = ids === undefined ? null : JSON.stringify(ids);
    const where = "(@chosen is null or id in (select value from json_each(@chosen)))";
    const size = "length(cast(item as blob)) + length(body)";
    const append = this.#database.prepare(
      `insert into record (at, size, crc, item, body)
       select @now, ${size}, record_crc(item, body), item, body from dead where ${where} order by id`,
    );
    const count = this.#database.prepare(
      `update depth set records = records + (select count(*) from dead where ${where}),
         bytes = bytes + (select coalesce(sum(${size}), 0) from dead where ${where})`,
    );
    const forget = this.#database.prepare(`delete from dead where ${where}`);
    return this.#database
      .transaction(() => {
        append.run({ chosen, now: Date.now() });
        count.run({ chosen });
        return forget.run({ chosen }).changes;
      })
      .immediate();
  }
}
