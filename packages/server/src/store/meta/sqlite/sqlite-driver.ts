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

  async beginTransaction(_connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await this.#command(settings.accessMode === "read only" ? "begin" : "begin immediate");
  }

  async commitTransaction(): Promise<void> {
    await this.#command("commit");
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk ends the transaction by itself; rolling back again would hide the real error.
    if (this.#connection?.inTransaction === true) {
      await this.#command("rollback");
    }
  }

  async savepoint(_connection: DatabaseConnection, name: string): Promise<void> {
    await this.#command(`savepoint ${quote(name)}`);
  }

  async rollbackToSavepoint(_connection: DatabaseConnection, name: string): Promise<void> {
    await this.#command(`rollback to ${quote(name)}`);
  }

  async releaseSavepoint(_connection: DatabaseConnection, name: string): Promise<void> {
    await this.#command(`release ${quote(name)}`);
  }

  async destroy(): Promise<void> {
    if (this.#connection === undefined) {
      return;
    }
    await this.acquireConnection();
    this.#connection.close();
    this.#connection = undefined;
    this.#passOn();
  }

  /** There is one connection, so the one which Kysely hands back needs no look. */
  async #command(sql: string): Promise<void> {
    await this.#connection?.command(sql);
  }

  /** Hands the connection to the next caller without a gap in which a newcomer could take it. */
  #passOn(): void {
    const next = this.#waiting.shift();
    this.#busy = next !== undefined;
    next?.();
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
