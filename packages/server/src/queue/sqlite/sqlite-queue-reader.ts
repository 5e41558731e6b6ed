import { statSync } from "node:fs";
import type Database from "better-sqlite3";
import type { DeadLetter, QueueDepth, QueueItem, QueueReader, QueueRecord } from "../port.js";
import { DeadLetters } from "./dead-letters.js";
import { openReadingFile } from "./queue-file.js";
import { prepareDepth } from "./read-depth.js";
import { Trimmer } from "./trimmer.js";
import { WakeChannel } from "./wake-channel.js";

/** A writer in another process cannot wake this one. */
const pollIntervalMs = 100;
const defaultKeepFreeBytes = 64 * 1024 * 1024;

interface RecordRow {
  readonly seq: number;
  readonly item: string;
  readonly body: Buffer;
}

/** Everything bound to one open file; made anew when the file is replaced. */
interface OpenFile {
  readonly database: Database.Database;
  readonly fileId: number;
  readonly select: Database.Statement<[number, number, number], RecordRow>;
  readonly hasAfter: Database.Statement<[number]>;
  readonly depth: () => QueueDepth;
  readonly dead: DeadLetters;
  readonly trimmer: Trimmer;
}

export interface SqliteQueueReaderOptions {
  readonly path: string;
  readonly keepFreeBytes?: number;
  readonly database: Database.Database;
}

/** The consuming side. Its queries run in the caller's thread, so keep it off the one that answers SDKs. */
export class SqliteQueueReader implements QueueReader {
  readonly #path: string;
  readonly #keepFreeBytes: number;
  readonly #wake: WakeChannel;
  readonly #onWake = new Set<() => void>();
  #file: OpenFile;

  constructor(options: SqliteQueueReaderOptions) {
    this.#path = options.path;
    this.#keepFreeBytes = options.keepFreeBytes ?? defaultKeepFreeBytes;
    this.#file = this.#prepare(options.database);
    this.#wake = new WakeChannel(options.path);
    this.#wake.onWake(() => this.#onWake.forEach((check) => check()));
  }

  async read(bounds: {
    after: number;
    upTo?: number;
    maxRecords: number;
    maxBytes: number;
  }): Promise<readonly QueueRecord[]> {
    const { after, upTo = Number.MAX_SAFE_INTEGER, maxRecords, maxBytes } = bounds;
    const records: QueueRecord[] = [];
    let bytes = 0;
    for (const { seq, item, body } of this.#file.select.iterate(after, upTo, maxRecords)) {
      records.push({ seq, item: parseItem(item), body });
      bytes += item.length + body.length;
      if (bytes >= maxBytes) {
        break;
      }
    }
    return records;
  }

  async waitFor(after: number, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    await this.#followReplacedFile();
    const arrived = (): boolean => this.#file.hasAfter.get(after) !== undefined;
    if (signal?.aborted === true || arrived()) {
      return;
    }
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearInterval(poll);
        clearTimeout(timer);
        this.#onWake.delete(check);
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const check = (): void => {
        if (!this.#file.database.open || arrived()) {
          finish();
        }
      };
      const poll = setInterval(check, pollIntervalMs);
      const timer = setTimeout(finish, timeoutMs);
      this.#onWake.add(check);
      signal?.addEventListener("abort", finish, { once: true });
    });
  }

  async trim(seq: number): Promise<void> {
    await this.#file.trimmer.trim(seq);
  }

  async depth(): Promise<QueueDepth> {
    return this.#file.depth();
  }

  async bury(record: QueueRecord, reason: string): Promise<void> {
    this.#file.dead.bury(record, reason);
  }

  async dead(limit: number): Promise<readonly DeadLetter[]> {
    return this.#file.dead.list(limit);
  }

  async redrive(ids?: readonly number[]): Promise<number> {
    const redriven = this.#file.dead.redrive(ids);
    if (redriven > 0) {
      this.#wake.wake();
      this.#onWake.forEach((check) => check());
    }
    return redriven;
  }

  async close(): Promise<void> {
    this.#wake.close();
    this.#file.database.close();
    this.#onWake.forEach((check) => check());
  }

  #prepare(database: Database.Database): OpenFile {
    return {
      database,
      fileId: statSync(this.#path).ino,
      select: database.prepare(
        "select seq, item, body from record where seq > ? and seq <= ? order by seq limit ?",
      ),
      hasAfter: database.prepare("select 1 from record where seq > ? limit 1"),
      depth: prepareDepth(database),
      dead: new DeadLetters(database),
      trimmer: new Trimmer(database, this.#keepFreeBytes),
    };
  }

  /** A writer that found the file damaged has put another in its place; the one open here would stay silent. */
  async #followReplacedFile(): Promise<void> {
    const current = statSync(this.#path, { throwIfNoEntry: false });
    if (current === undefined || current.ino === this.#file.fileId) {
      return;
    }
    const database = await openReadingFile(this.#path);
    this.#file.database.close();
    this.#file = this.#prepare(database);
  }
}

function parseItem(text: string): QueueItem {
  const item: QueueItem = JSON.parse(text);
  return item;
}
