import { migrateMeta } from "./migrations/migrate.js";
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
  const handle = /^postgres(ql)?:\/\//.test(target)
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
