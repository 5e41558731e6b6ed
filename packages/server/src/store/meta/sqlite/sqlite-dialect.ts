import type Database from "better-sqlite3";
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type SelectModifierNode,
} from "kysely";
import { SqliteDriver } from "./sqlite-driver.js";

/**
 * Kysely's SQLite with three differences: transactions take the write lock at their start, a locked file is
 * waited for without blocking the thread, and row locks (`for update`) are left out of the SQL.
 */
export class SqliteMetaDialect implements Dialect {
  readonly #open: () => Database.Database;

  constructor(open: () => Database.Database) {
    this.#open = open;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#open);
  }

  createQueryCompiler(): QueryCompiler {
    return new LockFreeCompiler();
  }

  createAdapter(): DialectAdapter {
    return new TransactionalDdlAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

const lockModifiers = new Set<string | undefined>([
  "ForUpdate",
  "ForNoKeyUpdate",
  "ForShare",
  "ForKeyShare",
  "NoWait",
  "SkipLocked",
]);

/** Writers exclude each other already, so a query written for PostgreSQL's row locks is right without them. */
class LockFreeCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!lockModifiers.has(node.modifier)) {
      super.visitSelectModifier(node);
    }
  }
}

/** A migration runs in one immediate transaction: it is whole, and a second process waits for the first. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
