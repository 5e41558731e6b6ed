import type { EventStore } from "../port.js";
import { EVENT_MIGRATIONS } from "./all.js";
import { DURABLE_TABLE_SETTINGS } from "./dialect.js";
import type { EventMigration } from "./migration.js";

/**
 * Brings the event store's schema up to date: makes the database, then runs each step that `schema_migration` does not
 * name. Safe to repeat after a crash, and for several processes at once, because every statement is.
 *
 * @param migrations the steps in order; the real ones unless a test says otherwise
 * @returns the versions run now, in order; empty when nothing was to be done
 * @throws EventStoreError of the statement that failed; earlier steps stay done
 */
export async function migrateEvents(
  store: EventStore,
  migrations: readonly EventMigration[] = EVENT_MIGRATIONS,
): Promise<number[]> {
  await store.createDatabase();
  await store.command(
    `CREATE TABLE IF NOT EXISTS schema_migration${store.dialect.onCluster} (
      version UInt32,
      name String,
      applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
    )
    ENGINE = ${store.dialect.engine("MergeTree")} ORDER BY version SETTINGS ${DURABLE_TABLE_SETTINGS}`,
  );
  const rows = await store.query<{ version: number }>("SELECT DISTINCT version FROM schema_migration");
  const applied = new Set(rows.map((row) => row.version));
  const pending = migrations.filter((migration) => !applied.has(migration.version));
  for (const migration of pending) {
    await apply(store, migration);
  }
  return pending.map((migration) => migration.version);
}

async function apply(store: EventStore, migration: EventMigration): Promise<void> {
  for (const statement of migration.statements(store.dialect)) {
    await store.command(statement);
  }
  const row = JSON.stringify({ version: migration.version, name: migration.name });
  await store.insert("schema_migration", `${row}\n`, { dedupToken: `migration-${migration.version}` });
}
