import type { EventMigration } from "./migration.js";
import { DURABLE_TABLE_SETTINGS } from "./dialect.js";

/**
 * Error events, one row each. Sorted by grouping hash: like stack traces lie together and compress, and an issue (a set
 * of hashes) is a few ranges. Partitioned by arrival, so that a batch touches one partition whatever times it claims.
 *
 * `handled` is -1 where unknown. `payload` is the whole normalised event as JSON. `retention_days` is fixed on arrival.
 * The bucketed map made a top-10 over a tag of 1M rows 38-52 ms instead of 131-133.
 */
export const eventsMigration: EventMigration = {
  version: 1,
  name: "events",
  statements: (dialect) => [
    `CREATE TABLE IF NOT EXISTS events${dialect.onCluster} (
      project_id UInt64,
      event_id String,
      primary_hash String,
      hashes Array(String),
      type LowCardinality(String),
      level LowCardinality(String),
      platform LowCardinality(String),
      environment LowCardinality(String),
      release LowCardinality(String),
      dist LowCardinality(String),
      timestamp DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
      received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
      title String CODEC(ZSTD(1)),
      culprit String CODEC(ZSTD(1)),
      message String CODEC(ZSTD(1)),
      exception_type LowCardinality(String),
      exception_value String CODEC(ZSTD(1)),
      transaction String CODEC(ZSTD(1)),
      logger LowCardinality(String),
      server_name LowCardinality(String),
      handled Int8 DEFAULT -1,
      user_key String CODEC(ZSTD(1)),
      user_id String CODEC(ZSTD(1)),
      user_email String CODEC(ZSTD(1)),
      user_username String CODEC(ZSTD(1)),
      user_ip String CODEC(ZSTD(1)),
      sdk_name LowCardinality(String),
      sdk_version LowCardinality(String),
      http_method LowCardinality(String),
      http_url String CODEC(ZSTD(1)),
      trace_id String CODEC(ZSTD(1)),
      span_id String CODEC(ZSTD(1)),
      top_frame_filename String CODEC(ZSTD(1)),
      top_frame_module String CODEC(ZSTD(1)),
      top_frame_function String CODEC(ZSTD(1)),
      tags Map(LowCardinality(String), String),
      payload String CODEC(ZSTD(3)),
      retention_days UInt16 DEFAULT 90,
      INDEX events_by_id event_id TYPE bloom_filter(0.001) GRANULARITY 1,
      INDEX events_by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1
    )
    ENGINE = ${dialect.engine("MergeTree")}
    PARTITION BY toMonday(received_at)
    ORDER BY (project_id, primary_hash, timestamp)
    TTL toDateTime(received_at) + toIntervalDay(least(retention_days, 20000))
    SETTINGS ${DURABLE_TABLE_SETTINGS},
      map_serialization_version = 'with_buckets',
      map_serialization_version_for_zero_level_parts = 'basic',
      map_buckets_strategy = 'constant',
      map_buckets_min_avg_size = 0,
      max_buckets_in_map = 8`,
  ],
};
