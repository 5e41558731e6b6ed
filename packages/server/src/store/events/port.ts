/** Values a `{name:Type}` placeholder can take. Date keeps its milliseconds when the type is DateTime64(3). */
export type EventParam =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly EventParam[]
  | ReadonlyMap<string, EventParam>;

/** Placeholder name -> value. */
export type EventParams = Readonly<Record<string, EventParam>>;

/** Options of {@link EventStore.insert}. */
export interface InsertOptions {
  /**
   * Names the batch. The store remembers the last 1,000 tokens of each table; a batch whose token it knows is
   * accepted and not stored again. The same token must always carry the same rows: other rows under a known
   * token are silently dropped by the engine.
   */
  readonly dedupToken: string;
  /** Ends the attempts. Without it they end after `retryForMs`. */
  readonly signal?: AbortSignal;
  /** How long connection failures are retried, in milliseconds. Default 30,000; ignored when `signal` is given. */
  readonly retryForMs?: number;
}

/** Options of {@link EventStore.query} and {@link EventStore.command}. */
export interface QueryOptions {
  /** Most rows a result may have; more is an `over_limit` error, never a cut result. Default 100,000. */
  readonly maxRows?: number;
  /** Time the engine may compute, in milliseconds. Default 30,000 for queries, 300,000 for commands. */
  readonly timeoutMs?: number;
  /** Aborting stops the query in the engine as well. */
  readonly signal?: AbortSignal;
}

/** Size of one table, from the engine's own books. */
export interface TableStats {
  readonly table: string;
  readonly rows: number;
  readonly bytesOnDisk: number;
  readonly activeParts: number;
}

/** Answer of {@link EventStore.stats}. */
export interface EventStoreStats {
  readonly engineVersion: string;
  readonly tables: readonly TableStats[];
}

/** What the DDL needs to know about the engine behind the store. */
export interface TableDialect {
  /** Put behind a CREATE or ALTER: empty, or ` ON CLUSTER '…'`. */
  readonly onCluster: string;
  /**
   * @param family such as `MergeTree` or `SummingMergeTree`
   * @param args what the family takes, such as a column tuple; may be empty
   * @returns the engine clause, replicated where the store is a cluster
   */
  engine(family: string, args?: string): string;
}

/**
 * What happened: rows which never change, read and written in ClickHouse's SQL.
 *
 * Every failure is an `EventStoreError`, whose `kind` says what the caller can do. Nothing here ever carries text from a
 * user inside SQL: values travel as parameters.
 */
export interface EventStore {
  /** How tables are declared on this store. */
  readonly dialect: TableDialect;

  /**
   * Stores a batch of rows durably; resolved means on disk (fsync is a table setting).
   *
   * Delivery is at-least-once, its effect exactly-once: a lost connection or a dying engine is retried with the same bytes
   * and the same token until the signal fires, and what had been stored already is not stored twice, materialised
   * views included. The same holds for a caller who repeats the call after a crash of its own. Keep a batch at
   * 1,000-5,000 rows in one or two partitions. Unknown fields are ignored; absent ones take the column's default.
   *
   * @param table name within the store's database
   * @param ndjson rows as JSON lines, UTF-8; lone surrogates must have been replaced (`toWellFormed`)
   * @throws EventStoreError `bad_row` (nothing of the batch is stored; `row` gives the 1-based line where known, so
   *   the caller can leave it out and send the rest under a new token), `overloaded`, `unavailable`, `aborted`, `rejected`
   */
  insert(table: string, ndjson: Buffer | string, options: InsertOptions): Promise<void>;

  /**
   * Reads rows. The statement can change nothing, on the embedded engine because it runs read-only.
   *
   * 64-bit integers come as JSON numbers: select ids above 2^53 with `toString`.
   *
   * @param sql one SELECT without FORMAT or SETTINGS, placeholders as `{name:Type}`
   * @returns the rows, in order; T is the caller's claim about their shape
   * @throws EventStoreError `timeout`, `over_limit`, `overloaded`, `unavailable`, `aborted`, `rejected`
   */
  query<T>(sql: string, params?: EventParams, options?: QueryOptions): Promise<T[]>;

  /**
   * Runs one statement for its effect: DDL, ALTER, DELETE. It is not retried, since not every such statement may run twice.
   *
   * @throws EventStoreError as `query`
   */
  command(sql: string, params?: EventParams, options?: QueryOptions): Promise<void>;

  /** Creates the store's database where it is missing. The other methods need it to exist. */
  createDatabase(): Promise<void>;

  /** @returns true when the engine answers within two seconds; never throws */
  ping(): Promise<boolean>;

  /** @returns version and table sizes; throws like `query` */
  stats(): Promise<EventStoreStats>;

  /** Closes the connections. Calls under way fail. The engine itself is not stopped. */
  close(): Promise<void>;
}
