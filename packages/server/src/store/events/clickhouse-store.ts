import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { ClickHouseClient, ClickHouseSettings } from "@clickhouse/client";
import { connectClickHouse, type EngineAddress } from "./clickhouse-connection.js";
import { wasNeverSent } from "./clickhouse-errors.js";
import type { EventStoreError } from "./event-store-error.js";
import { tableDialect } from "./migrations/dialect.js";
import type {
  EventParams,
  EventStore,
  EventStoreStats,
  InsertOptions,
  QueryOptions,
  TableDialect,
  TableStats,
} from "./port.js";
import { retrying } from "./retry.js";

/** Where the engine is, and how much may be asked of it at once. */
export interface ClickHouseStoreOptions extends EngineAddress {
  /** Database of our tables. Default `vedette`. */
  readonly database?: string;
  /** Name of the cluster whose tables are replicated. Default: none, one server. */
  readonly cluster?: string;
  /** Reads sent at once; more wait in the process. Default 32. */
  readonly maxReadConnections?: number;
  /** Inserts and commands sent at once. Default 4. */
  readonly maxWriteConnections?: number;
}

const DEFAULT_MAX_ROWS = 100_000;
const MAX_RESULT_BYTES = 50 * 1024 * 1024;
const QUERY_TIMEOUT_MS = 30_000;
const COMMAND_TIMEOUT_MS = 300_000;
/** The engine stops a query at its own limit; our deadline is for an engine which does not answer at all. */
const DEADLINE_GRACE_MS = 5_000;
/** One attempt; a lost answer is repeated under the same token. */
const INSERT_ATTEMPT_MS = 60_000;
const INSERT_RETRY_FOR_MS = 30_000;
/** A restart of the embedded engine takes 0.2-0.4 s; a page should not show it. */
const READ_RETRY_FOR_MS = 3_000;
/** Node closes an idle request after this; every call has a shorter deadline of its own. */
const LONGEST_CALL_MS = 3_600_000;
const PING_TIMEOUT_MS = 2_000;

/** Said with every call, since chDB and a server differ in their defaults. */
const COMMON_SETTINGS: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 0,
  date_time_input_format: "best_effort",
};

/**
 * The event store over ClickHouse's HTTP protocol: a server, or the embedded engine on its Unix socket. The two differ in
 * the address only. Reads and writes have connections of their own, so a page full of queries cannot hold up a batch.
 */
export class ClickHouseStore implements EventStore {
  readonly dialect: TableDialect;
  readonly #reader: ClickHouseClient;
  readonly #writer: ClickHouseClient;
  readonly #commander: ClickHouseClient;
  /** The only one that works before our database exists. */
  readonly #bootstrap: ClickHouseClient;
  readonly #database: string;

  constructor(options: ClickHouseStoreOptions) {
    this.dialect = tableDialect(options.cluster);
    this.#database = identifier(options.database ?? "vedette");
    const client = (database: string, maxConnections: number, requestTimeoutMs: number): ClickHouseClient =>
      connectClickHouse(options, { database, maxConnections, requestTimeoutMs });
    this.#reader = client(this.#database, options.maxReadConnections ?? 32, LONGEST_CALL_MS);
    this.#writer = client(this.#database, options.maxWriteConnections ?? 4, INSERT_ATTEMPT_MS);
    this.#commander = client(this.#database, 2, LONGEST_CALL_MS);
    this.#bootstrap = client("default", 1, LONGEST_CALL_MS);
  }

  async insert(table: string, ndjson: Buffer | string, options: InsertOptions): Promise<void> {
    const query = `INSERT INTO ${identifier(table)} FORMAT JSONEachRow`;
    const bytes = typeof ndjson === "string" ? Buffer.from(ndjson, "utf8") : ndjson;
    if (bytes.length === 0) {
      return;
    }
    const signal = options.signal ?? AbortSignal.timeout(options.retryForMs ?? INSERT_RETRY_FOR_MS);
    const send = async (): Promise<void> => {
      // `exec`, since `insert` would parse and print every row again. A fresh stream for every attempt, over the same bytes.
      const answer = await this.#writer.exec({
        query,
        values: Readable.from(bytes, { objectMode: false }),
        abort_signal: signal,
        clickhouse_settings: {
          ...COMMON_SETTINGS,
          input_format_skip_unknown_fields: 1,
          async_insert: 0,
          insert_deduplicate: 1,
          insert_deduplication_token: options.dedupToken,
          deduplicate_blocks_in_dependent_materialized_views: 1,
        },
      });
      await finished(answer.stream.resume());
    };
    await retrying(send, {
      signal,
      callerSignal: options.signal,
      isInsert: true,
      mayRetry: (error) => error.kind === "unavailable",
    });
  }

  async query<T>(sql: string, params: EventParams = {}, options: QueryOptions = {}): Promise<T[]> {
    const timeoutMs = options.timeoutMs ?? QUERY_TIMEOUT_MS;
    const signal = withDeadline(options.signal, timeoutMs);
    const send = async (): Promise<T[]> => {
      const result = await this.#reader.query({
        query: sql,
        format: "JSONEachRow",
        query_params: { ...params },
        abort_signal: signal,
        clickhouse_settings: {
          ...COMMON_SETTINGS,
          max_execution_time: timeoutMs / 1000,
          max_result_rows: String(options.maxRows ?? DEFAULT_MAX_ROWS),
          max_result_bytes: String(MAX_RESULT_BYTES),
          result_overflow_mode: "throw",
        },
      });
      return await result.json<T>();
    };
    return await retrying(send, {
      signal,
      callerSignal: options.signal,
      isInsert: false,
      mayRetry: mayRepeatRead(),
    });
  }

  async command(sql: string, params: EventParams = {}, options: QueryOptions = {}): Promise<void> {
    await this.#run(this.#commander, sql, { params, options });
  }

  async createDatabase(): Promise<void> {
    const sql = `CREATE DATABASE IF NOT EXISTS ${this.#database}${this.dialect.onCluster}`;
    await this.#run(this.#bootstrap, sql, { params: {}, options: {} });
  }

  async ping(): Promise<boolean> {
    const answer = await this.#bootstrap.ping({
      select: false,
      abort_signal: AbortSignal.timeout(PING_TIMEOUT_MS),
    });
    return answer.success;
  }

  async stats(): Promise<EventStoreStats> {
    const versions = await this.query<{ version: string }>("SELECT version() AS version");
    const tables = await this.query<TableStats>(
      `SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytesOnDisk, count() AS activeParts
       FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table ORDER BY table`,
    );
    return { engineVersion: versions[0]?.version ?? "", tables };
  }

  async close(): Promise<void> {
    const clients = [this.#reader, this.#writer, this.#commander, this.#bootstrap];
    await Promise.all(clients.map((client) => client.close()));
  }

  async #run(
    client: ClickHouseClient,
    sql: string,
    call: { params: EventParams; options: QueryOptions },
  ): Promise<void> {
    const { params, options } = call;
    const timeoutMs = options.timeoutMs ?? COMMAND_TIMEOUT_MS;
    const signal = withDeadline(options.signal, timeoutMs);
    const send = async (): Promise<void> => {
      await client.command({
        query: sql,
        query_params: { ...params },
        abort_signal: signal,
        clickhouse_settings: { ...COMMON_SETTINGS, max_execution_time: timeoutMs / 1000 },
      });
    };
    const retryUntilMs = Date.now() + READ_RETRY_FOR_MS;
    await retrying(send, {
      signal,
      callerSignal: options.signal,
      isInsert: false,
      mayRetry: (error) => wasNeverSent(error) && Date.now() < retryUntilMs,
    });
  }
}

/** A lost connection is tried once more only, since it may be this very query that brings the engine down. */
function mayRepeatRead(): (error: EventStoreError) => boolean {
  const untilMs = Date.now() + READ_RETRY_FOR_MS;
  let lostConnections = 0;
  return (error) => {
    if (error.kind !== "unavailable" || Date.now() >= untilMs) {
      return false;
    }
    if (wasNeverSent(error)) {
      return true;
    }
    lostConnections += 1;
    return lostConnections === 1;
  };
}

function identifier(name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new Error(`"${name}" is no name of a table or database: letters, digits and _ only`);
  }
  return name;
}

function withDeadline(signal: AbortSignal | undefined, timeoutMs: number): AbortSignal {
  const deadline = AbortSignal.timeout(timeoutMs + DEADLINE_GRACE_MS);
  return signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
}
