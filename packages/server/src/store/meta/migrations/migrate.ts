import { Migrator, type Migration } from "kysely";
import { errorCode } from "../../../shared/error-code.js";
import type { MetaDialect, MetaHandle } from "../connect.js";
import { createInitialTables } from "./0001-initial/create-initial-tables.js";
import { createIssueStateIndex } from "./0002-issue-state-index.js";

/** Every step ever released, in order. A released step is never edited; a change is a new step. */
function allMigrations(dialect: MetaDialect): Record<string, Migration> {
  return {
    "0001-initial": { up: (db) => createInitialTables(db, dialect) },
    "0002-issue-state-index": { up: createIssueStateIndex },
  };
}

/** Kysely's own message when the database knows a step which the program does not. */
const unknownStep = /previously executed migration (\S+) is missing/;
const attempts = 5;

/**
 * Brings the tables up to date. Processes which start together take turns: PostgreSQL by an advisory lock,
 * SQLite by its write lock.
 *
 * @throws with a sentence for the operator when the database is newer than the program, else the cause
 */
export async function migrateMeta(handle: MetaHandle): Promise<void> {
  const migrations = allMigrations(handle.dialect);
  const migrator = new Migrator({
    db: handle.db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: "vedette_migration",
    migrationLockTableName: "vedette_migration_lock",
  });
  for (let attempt = 1; ; attempt++) {
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) {
      return;
    }
    refuseNewer(error);
    // Kysely makes its own two tables outside the lock, where a second process may be a moment faster.
    if (attempt === attempts || !lostRace(error)) {
      throw error;
    }
  }
}

function refuseNewer(error: unknown): void {
  const step = error instanceof Error ? unknownStep.exec(error.message)?.[1] : undefined;
  if (step !== undefined) {
    throw new Error(
      `The database was written by a newer Vedette (it has step ${step}). Start that version, or restore a backup.`,
      { cause: error },
    );
  }
}

/** unique_violation and duplicate_table of PostgreSQL, their like of SQLite. */
function lostRace(error: unknown): boolean {
  const code = errorCode(error) ?? "";
  const message = error instanceof Error ? error.message : "";
  return (
    code === "23505" ||
    code === "42P07" ||
    code.startsWith("SQLITE_CONSTRAINT") ||
    /already exists/.test(message)
  );
}
