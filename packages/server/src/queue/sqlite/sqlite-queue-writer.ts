import { Worker } from "node:worker_threads";
import { entryUrl } from "../../shared/entry-url.js";
import type { QueueDepth, QueueEntry, QueueWriter } from "../port.js";
import { QueueError } from "../queue-error.js";
import type { QueueWriterOptions } from "./open-queue.js";
import { packEntries, packedBytes, type PackedEntry } from "./packed-entries.js";
import type { WriterReport, WriterRequest, WriterThreadData } from "./writer-messages.js";

const defaultMaxPendingBytes = 64 * 1024 * 1024;
const defaultMinFreeBytes = 64 * 1024 * 1024;
/** A larger commit would make everybody in it wait longer without sparing much. */
const maxBlockBytes = 4 * 1024 * 1024;

interface WaitingAppend {
  readonly entries: readonly PackedEntry[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * The appending side as the HTTP thread sees it. One block is in work in the writer's thread at a time; whatever
 * is appended meanwhile goes into the next one. So a lone append waits for nobody, and a hundred at once share
 * one sync of the disk.
 */
export class SqliteQueueWriter implements QueueWriter {
  readonly #thread: Worker;
  readonly #options: QueueWriterOptions;
  readonly #onceReady: () => void;
  #depth: QueueDepth = { records: 0, bytes: 0, oldestAt: null };
  #waiting: WaitingAppend[] = [];
  #inWork: readonly WaitingAppend[] = [];
  #pendingBytes = 0;
  #flushPlanned = false;
  #closing: Promise<void> | undefined;
  #onceIdle: (() => void) | undefined;
  #failure: QueueError | undefined;

  private constructor(options: QueueWriterOptions, onceReady: () => void) {
    this.#options = options;
    this.#onceReady = onceReady;
    const { path, minFreeBytes = defaultMinFreeBytes } = options;
    const workerData: WriterThreadData = { path, minFreeBytes };
    this.#thread = new Worker(entryUrl(import.meta.url, "./writer-thread.js"), { workerData });
    this.#thread.on("message", (report: WriterReport) => this.#take(report));
  }

  /** Starts the thread. @throws when the file cannot be opened */
  static start(options: QueueWriterOptions): Promise<SqliteQueueWriter> {
    return new Promise((resolve, reject) => {
      const writer = new SqliteQueueWriter(options, () => resolve(writer));
      writer.#watchEnd(reject);
    });
  }

  /** Bodies must stay as they are until the promise ends. @throws QueueError; nothing was kept unless `closed` */
  append(entries: readonly QueueEntry[]): Promise<void> {
    const refusal = this.#failure ?? (this.#closing && new QueueError("closed", "The queue is closed."));
    if (refusal !== undefined) {
      return Promise.reject(refusal);
    }
    const packed = entries.map(toPacked);
    const bytes = packed.reduce((sum, entry) => sum + packedBytes(entry), 0);
    // An append larger than the whole allowance is let in when nothing else waits.
    if (this.#pendingBytes > 0 && this.#pendingBytes + bytes > this.#maxPendingBytes) {
      return Promise.reject(new QueueError("busy", "The queue's disk is slower than what comes in."));
    }
    this.#pendingBytes += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries: packed, bytes, resolve, reject });
      this.#planFlush();
    });
  }

  depth(): QueueDepth {
    return this.#depth;
  }

  /** Refuses new appends, commits those that wait, and ends the thread. */
  close(): Promise<void> {
    this.#closing ??= this.#drainAndEnd();
    return this.#closing;
  }

  get #maxPendingBytes(): number {
    return this.#options.maxPendingBytes ?? defaultMaxPendingBytes;
  }

  async #drainAndEnd(): Promise<void> {
    if (this.#failure !== undefined) {
      return;
    }
    if (this.#pendingBytes > 0) {
      await new Promise<void>((resolve) => {
        this.#onceIdle = resolve;
      });
    }
    const ended = new Promise((resolve) => this.#thread.once("exit", resolve));
    this.#send({ kind: "close" });
    await ended;
  }

  /** Everything that came in during this turn of the event loop goes into one block. */
  #planFlush(): void {
    if (this.#flushPlanned || this.#inWork.length > 0) {
      return;
    }
    this.#flushPlanned = true;
    setImmediate(() => {
      this.#flushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#waiting.length === 0 || this.#inWork.length > 0 || this.#failure !== undefined) {
      return;
    }
    let bytes = 0;
    const tooMany = this.#waiting.findIndex(
      (append, index) => (bytes += append.bytes) > maxBlockBytes && index > 0,
    );
    this.#inWork = this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : tooMany);
    const block = packEntries(this.#inWork.flatMap((append) => append.entries));
    this.#send({ kind: "append", block }, [block]);
  }

  #send(request: WriterRequest, transfer: readonly ArrayBuffer[] = []): void {
    this.#thread.postMessage(request, transfer);
  }

  #take(report: WriterReport): void {
    switch (report.kind) {
      case "ready":
        this.#depth = report.depth;
        this.#onceReady();
        break;
      case "repaired":
        this.#options.onRepair?.(report.message);
        break;
      case "depth":
        this.#depth = report.depth;
        break;
      case "committed":
        this.#depth = report.depth;
        this.#endBlock((append) => append.resolve());
        break;
      case "failed":
        this.#endBlock((append) =>
          append.reject(new QueueError(report.code, `Appending failed: ${report.message}`)),
        );
        break;
    }
  }

  #endBlock(end: (append: WaitingAppend) => void): void {
    const done = this.#inWork;
    this.#inWork = [];
    for (const append of done) {
      this.#pendingBytes -= append.bytes;
    }
    this.#flush();
    done.forEach(end);
    if (this.#pendingBytes === 0) {
      this.#onceIdle?.();
    }
  }

  /** An end of the thread which nobody asked for refuses everything that waits and all that comes later. */
  #watchEnd(rejectStart: (error: Error) => void): void {
    let cause: Error | undefined;
    this.#thread.once("error", (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    this.#thread.once("exit", (code) => {
      if (code === 0 && this.#closing !== undefined && this.#pendingBytes === 0) {
        return;
      }
      const reason = cause?.message ?? `exit code ${code}`;
      const failure = new QueueError("closed", `The queue's writer ended: ${reason}`, { cause });
      this.#failure = failure;
      this.#waiting = [...this.#inWork, ...this.#waiting];
      this.#inWork = this.#waiting.splice(0);
      this.#endBlock((append) => append.reject(failure));
      rejectStart(failure);
      this.#options.onFailure?.(failure);
    });
  }
}

function toPacked({ item, body }: QueueEntry): PackedEntry {
  return { at: Math.trunc(item.receivedAt), item: Buffer.from(JSON.stringify(item)), body };
}
