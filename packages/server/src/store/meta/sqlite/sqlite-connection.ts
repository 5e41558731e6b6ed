import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";

/** Prepared statements kept per connection; the program has fewer queries than this. */
const maxStatements = 300;
const lockTimeoutMs = 5000;
const firstRetryMs = 1;
const longestRetryMs = 20;

/**
 * Kysely's connection over better-sqlite3: keeps prepared statements, and waits for another writer's lock
 * with timers instead of SQLite's own sleep, which would stop the thread that answers SDKs.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#whenUnlocked(() => this.#execute<R>(query));
  }

  /** Runs one statement without parameters or rows, such as `begin immediate`. */
  async command(sql: string): Promise<void> {
    await this.#whenUnlocked(() => this.#database.exec(sql));
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // Not from the cache: a statement being iterated must not be run a second time.
    for (const row of this.#database.prepare<unknown[], R>(query.sql).iterate(...query.parameters)) {
      yield { rows: [row] };
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #execute<R>(query: CompiledQuery): QueryResult<R> {
    const statement = this.#prepare<R>(query.sql);
    if (statement.reader) {
      return { rows: statement.all(...query.parameters) };
    }
    const { changes, lastInsertRowid } = statement.run(...query.parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepare<R>(sql: string): Database.Statement<unknown[], R> {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      // What a row looks like is the word of the query's author, here as in every Kysely driver.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return known as Database.Statement<unknown[], R>;
    }
    const statement = this.#database.prepare<unknown[], R>(sql);
    const oldest = this.#statements.size >= maxStatements ? this.#statements.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }

  async #whenUnlocked<T>(work: () => T): Promise<T> {
    const giveUpAt = Date.now() + lockTimeoutMs;
    for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, longestRetryMs)) {
      try {
        return work();
      } catch (error) {
        if (!isLocked(error) || Date.now() >= giveUpAt) {
          throw error;
        }
      }
      await sleep(waitMs);
    }
  }
}

function isLocked(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError && (error.code === "SQLITE_BUSY" || error.code === "SQLITE_LOCKED")
  );
}
