import { DURABLE_TABLE_SETTINGS } from "./dialect.js";
import type { EventMigration } from "./migration.js";

/**
 * What became of everything that arrived, added up by minute. Merges add `quantity` up in the background, so readers
 * always select `sum(quantity)`. `key` is the public key of the DSN, empty where unknown. Kept for 90 days.
 */
export const outcomesMigration: EventMigration = {
  version: 2,
  name: "outcomes",
  statements: (dialect) => [
    `CREATE TABLE IF NOT EXISTS outcomes${dialect.onCluster} (
      project_id UInt64,
      key String,
      category LowCardinality(String),
      outcome LowCardinality(String),
      reason LowCardinality(String),
      minute DateTime('UTC'),
      quantity UInt64
    )
    ENGINE = ${dialect.engine("SummingMergeTree", "(quantity)")}
    PARTITION BY toYYYYMM(minute)
    ORDER BY (project_id, minute, category, outcome, reason, key)
    TTL minute + INTERVAL 90 DAY
    SETTINGS ${DURABLE_TABLE_SETTINGS}`,
  ],
};
