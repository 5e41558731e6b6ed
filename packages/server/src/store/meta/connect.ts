import { migrateMeta } from "./migrations/migrate.js";
import { claimPostgres } from "./postgres/claim-database.js";
import type { ClaimOptions } from "./postgres/claim-database.js";
import { openPostgres } from "./postgres/open-postgres.js";
import type { Meta } from "./schema.js";
import { openSqlite } from "./sqlite/open-sqlite.js";

/** Databases the meta store runs on. Only adapters, migrations and the accounts library may look at it. */
export type MetaDialect = "sqlite" | "postgres";

/** An open meta store. `close` waits for running queries and is safe to call twice. */
export interface MetaHandle {
  readonly db: Meta;
  readonly dialect: MetaDialect;
  close(): Promise<void>;
}

export interface OpenMetaOptions {
  /** Brings the tables up to date first; safe when several processes do it at once. Default true. */
  migrate?: boolean;
  /** Connections to PostgreSQL per process, default 8. SQLite has one per handle. */
  poolSize?: number;
  /** Called when an idle connection breaks; the next query opens a new one. Default: nothing. */
  onConnectionError?: (error: Error) => void;
}

/**
 * Opens the meta store.
 *
 * @param target `postgres://…` or `postgresql://…`, otherwise an SQLite file: a path, `sqlite:<path>` or
 *   `:memory:` (a database of this handle alone)
 * @throws when the database cannot be reached or was written by a newer Vedette; nothing stays open then
 */
export async function openMeta(target: string, options: OpenMetaOptions = {}): Promise<MetaHandle> {
  const handle = isPostgres(target)
    ? openPostgres(target, options)
    : openSqlite(target.replace(/^sqlite:(\/\/)?/, ""));
  if (options.migrate === false) {
    return handle;
  }
  try {
    await migrateMeta(handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return handle;
}

/**
 * Claims the meta store for this server. Each server has a queue of its own, and the place in it is kept in the meta
 * store: a second server on the same one would pass over events of the first. A file is claimed with its data directory.
 *
 * @returns a function that frees it; null when another server holds it
 * @throws when the database cannot be reached
 */
export async function claimMeta(
  target: string,
  options: ClaimOptions,
): Promise<(() => Promise<void>) | null> {
  return isPostgres(target) ? claimPostgres(target, options) : async () => undefined;
}

function isPostgres(target: string): boolean {
  return /^postgres(ql)?:\/\//.test(target);
}
