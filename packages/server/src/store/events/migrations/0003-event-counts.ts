import { DURABLE_TABLE_SETTINGS } from "./dialect.js";
import type { EventMigration } from "./migration.js";

/**
 * Events by hour for sparklines and the issue list, filled from `events` by a materialised view.
 *
 * Readers add up: `sum(events)`, `uniqCombined64Merge(12)(users)`, `min(first_seen)`, `max(last_seen)`; rows of the same key
 * are joined only by later merges. An event without a user adds nobody to `users`. A view is not atomic with its source,
 * so after a crash it may lack or hold the one batch under way until that batch is repeated under its token, which
 * the queue always does.
 */
export const eventCountsMigration: EventMigration = {
  version: 3,
  name: "event-counts",
  statements: (dialect) => [
    `CREATE TABLE IF NOT EXISTS event_counts${dialect.onCluster} (
      project_id UInt64,
      primary_hash String,
      hour DateTime('UTC'),
      environment LowCardinality(String),
      release LowCardinality(String),
      events SimpleAggregateFunction(sum, UInt64),
      users AggregateFunction(uniqCombined64(12), String),
      first_seen SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
      last_seen SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
      retention_days SimpleAggregateFunction(max, UInt16)
    )
    ENGINE = ${dialect.engine("AggregatingMergeTree")}
    PARTITION BY toYYYYMM(hour)
    ORDER BY (project_id, primary_hash, hour, environment, release)
    TTL hour + toIntervalDay(least(retention_days, 20000))
    SETTINGS ${DURABLE_TABLE_SETTINGS}`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS event_counts_from_events${dialect.onCluster} TO event_counts AS
    SELECT
      project_id,
      primary_hash,
      toStartOfHour(toDateTime(timestamp, 'UTC')) AS hour,
      environment,
      release,
      count() AS events,
      uniqCombined64StateIf(12)(user_key, user_key != '') AS users,
      min(timestamp) AS first_seen,
      max(timestamp) AS last_seen,
      max(e.retention_days) AS retention_days
    FROM events AS e
    GROUP BY project_id, primary_hash, hour, environment, release`,
  ],
};
