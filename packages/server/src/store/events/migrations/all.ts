import { eventsMigration } from "./0001-events.js";
import { outcomesMigration } from "./0002-outcomes.js";
import { eventCountsMigration } from "./0003-event-counts.js";
import type { EventMigration } from "./migration.js";

/** Every step of the event store's schema, in order. */
export const EVENT_MIGRATIONS: readonly EventMigration[] = [
  eventsMigration,
  outcomesMigration,
  eventCountsMigration,
];
