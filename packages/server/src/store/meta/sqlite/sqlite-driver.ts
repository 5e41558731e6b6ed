import type Database from "better-sqlite3";
import type { DatabaseConnection, Driver, TransactionSettings } from "kysely";
import { SqliteConnection } from "./sqlite-connection.js";

/**
 * One connection, handed to one caller at a time in the order they asked. Transactions begin as `immediate`:
 * several threads write the same file, and a transaction which reads first and writes later would fail there.
 * A transaction set to `read only` does not wait for writers.
 */
export class SqliteDriver implements Driver {
  readonly #open: () => Database.Database;
  #connection: SqliteConnection | undefined;
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  constructor(open: () => Database.Database) {
    this.#open = open;
  }

  async init(): Promise<void> {
    this.#connection = new SqliteConnection(this.#open());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#busy) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#connection === undefined) {
      this.#passOn();
      throw new Error("The meta store is closed.");
    }
    this.#busy = true;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#passOn();
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await run(connection, settings.accessMode === "read only" ? "begin" : "begin immediate");
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await run(connection, "commit");
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk ends the transaction by itself; rolling back again would hide the real error.
    if ((connection as SqliteConnection).inTransaction) {
      await run(connection, "rollback");
    }
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await run(connection, `savepoint ${quote(name)}`);
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await run(connection, `rollback to ${quote(name)}`);
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await run(connection, `release ${quote(name)}`);
  }

  async destroy(): Promise<void> {
    if (this.#connection === undefined) {
      return;
    }
    const connection = (await this.acquireConnection()) as SqliteConnection;
    this.#connection = undefined;
    connection.close();
    this.#passOn();
  }

  /** Hands the connection to the next caller without a gap in which a newcomer could take it. */
  #passOn(): void {
    const next = this.#waiting.shift();
    this.#busy = next !== undefined;
    next?.();
  }
}

async function run(connection: DatabaseConnection, sql: string): Promise<void> {
  await (connection as SqliteConnection).command(sql);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
