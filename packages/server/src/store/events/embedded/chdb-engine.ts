import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { loadChdbNative, type ChdbConnection, type ChdbNative } from "./chdb-native.js";
import type { EngineConfig } from "./engine-config.js";
import { Lane } from "./lane.js";
import {
  isRead,
  parseRawInsert,
  quote,
  sessionPrefix,
  type EngineRequest,
  type RawInsert,
} from "./statement.js";

/** What a statement gave back. */
export interface EngineResult {
  /** The result in the format the statement named; empty for a statement without one. */
  readonly body: Buffer;
  readonly rowsWritten: number;
}

/** How busy the engine is. */
export interface EngineLoad {
  readonly readsActive: number;
  readonly readsWaiting: number;
  readonly writesActive: number;
  readonly writesWaiting: number;
}

const MAX_WAITING_READS = 500;
const MAX_WAITING_WRITES = 100;
const KILL_EVERY_MS = 100;
const SHARE_OF_ENGINE = 0.75;
const SHARE_OF_READ = 0.4;
const SHARE_OF_WRITE = 0.6;

/**
 * chDB behind two lanes, with one fresh connection per request.
 *
 * Connections are never used twice: chDB 3.4.0 puts bytes left over from a failed query in front of the next result of the
 * same connection (18 % of answers in a test with provoked failures), and keeps settings and parameters. One costs
 * about 0.6 ms.
 */
export class ChdbEngine {
  readonly #config: EngineConfig;
  /** Keeps the database open between requests, and stops queries. */
  readonly #root: ChdbConnection;
  readonly #chdb: ChdbNative;
  #lastKill: Promise<void> = Promise.resolve();
  readonly #reads: Lane;
  readonly #writes: Lane;
  /** One for each query that runs or waits, for a drain that has taken too long. */
  readonly #readStops = new Set<AbortController>();

  /** @throws Error with chDB's text; code 76 when another process holds the directory */
  constructor(config: EngineConfig) {
    this.#config = config;
    this.#reads = new Lane(config.readSlots, MAX_WAITING_READS);
    this.#writes = new Lane(config.writeSlots, MAX_WAITING_WRITES);
    this.#chdb = loadChdbNative();
    this.#root = this.#chdb.CreateConnection(config.chdbDir, [
      `--max_server_memory_usage=${Math.floor(config.memoryBytes * SHARE_OF_ENGINE)}`,
      // Threads kept for nothing: 138 after some load without this, 51 with it.
      "--max_thread_pool_free_size=8",
      ...config.engineArgs,
    ]);
  }

  /** Calls running and waiting. */
  get load(): EngineLoad {
    return {
      readsActive: this.#reads.active,
      readsWaiting: this.#reads.waiting,
      writesActive: this.#writes.active,
      writesWaiting: this.#writes.waiting,
    };
  }

  /**
   * Runs one statement on a connection of its own.
   *
   * When the signal fires, a query is stopped in the engine and its slot is free again only after that; an insert is
   * always finished, because half of it may be in its views already.
   *
   * @throws Error with the engine's message (`Code: 62. DB::Exception: …`), LaneFullError, or the signal's reason
   */
  async run(request: EngineRequest, signal: AbortSignal): Promise<EngineResult> {
    if (isRead(request.sql)) {
      return await this.#runRead(request, signal);
    }
    const insert = parseRawInsert(request.sql);
    return await this.#writes.run(signal, () =>
      insert === undefined ? this.#runStatement(request, signal) : this.#runInsert(request, insert),
    );
  }

  /** Stops every query that runs or waits. */
  stopReads(): void {
    for (const stop of this.#readStops) {
      stop.abort(new Error("the engine is shutting down"));
    }
  }

  async #runRead(request: EngineRequest, signal: AbortSignal): Promise<EngineResult> {
    const stop = new AbortController();
    const follow = (): void => stop.abort(signal.reason);
    signal.addEventListener("abort", follow);
    this.#readStops.add(stop);
    try {
      return await this.#reads.run(stop.signal, () => this.#runStatement(request, stop.signal));
    } finally {
      signal.removeEventListener("abort", follow);
      this.#readStops.delete(stop);
    }
  }

  async #runInsert(request: EngineRequest, insert: RawInsert): Promise<EngineResult> {
    if (request.data.length === 0) {
      return { body: request.data, rowsWritten: 0 };
    }
    return await this.#connected(async (connection) => {
      const chdb = this.#chdb;
      await chdb.QueryAsyncConnection(connection, sessionPrefix(request, this.#writeDefaults()), "Null");
      const { prefix, lineDelimited } = insert;
      const summary = await chdb.InsertRawAsyncConnection(connection, prefix, request.data, lineDelimited);
      return { body: Buffer.alloc(0), rowsWritten: summary.rowsWritten };
    });
  }

  async #runStatement(request: EngineRequest, signal: AbortSignal): Promise<EngineResult> {
    const defaults = isRead(request.sql) ? this.#readDefaults() : this.#writeDefaults();
    const sql = `${sessionPrefix(request, defaults)}\n${request.sql}\n${request.data.toString("utf8")}`;
    return await this.#connected(async (connection) => {
      const query = this.#chdb.QueryAsyncConnection(connection, sql, "TabSeparated");
      const watch = new AbortController();
      const killer = this.#killOnAbort(request.queryId, signal, watch.signal);
      try {
        const result = await query;
        const { bytes } = result;
        return { body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), rowsWritten: 0 };
      } finally {
        watch.abort();
        await killer;
      }
    });
  }

  async #connected<T>(work: (connection: ChdbConnection) => Promise<T>): Promise<T> {
    const connection = this.#chdb.CreateConnection(this.#config.chdbDir);
    try {
      return await work(connection);
    } finally {
      this.#chdb.CloseConnection(connection);
    }
  }

  /** Repeats the KILL until the query has ended, since the first may come before the engine has listed the query. */
  async #killOnAbort(queryId: string, signal: AbortSignal, ended: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const proceed = (): void => {
        signal.removeEventListener("abort", proceed);
        ended.removeEventListener("abort", proceed);
        resolve();
      };
      signal.addEventListener("abort", proceed);
      ended.addEventListener("abort", proceed);
      if (signal.aborted) {
        proceed();
      }
    });
    while (!ended.aborted) {
      await this.#kill(queryId);
      await sleep(KILL_EVERY_MS);
    }
  }

  /** On the root connection, one at a time: a connection takes one call only. A failure is made good by the next try. */
  async #kill(queryId: string): Promise<void> {
    const sql = `KILL QUERY WHERE Settings['log_comment'] = ${quote(queryId)} ASYNC FORMAT Null`;
    this.#lastKill = this.#lastKill
      .then(() => this.#chdb.QueryAsyncConnection(this.#root, sql, "Null"))
      .then(
        () => undefined,
        () => undefined,
      );
    await this.#lastKill;
  }

  #readDefaults(): ReadonlyMap<string, string> {
    return new Map([
      ["max_execution_time", "30"],
      ["max_result_rows", "100000"],
      ["max_result_bytes", String(50 * 1024 * 1024)],
      ["max_memory_usage", String(Math.floor(this.#config.memoryBytes * SHARE_OF_READ))],
    ]);
  }

  #writeDefaults(): ReadonlyMap<string, string> {
    return new Map([
      // One parser thread is faster (145,000-160,000 rows/s instead of 121,000-129,000) and counts rows from the start of
      // the batch in its errors.
      ["input_format_parallel_parsing", "0"],
      ["max_insert_threads", "1"],
      ["max_threads", String(availableParallelism())],
      ["max_memory_usage", String(Math.floor(this.#config.memoryBytes * SHARE_OF_WRITE))],
    ]);
  }
}
