import type { TableDialect } from "../port.js";

/**
 * Says how tables are declared: plain on one engine, replicated on a cluster (chDB has no replication, so the DDL cannot
 * be the same text everywhere).
 *
 * @param cluster name of the cluster, or undefined for one server and for the embedded engine
 * @throws Error when the name holds anything but letters, digits, `_` and `-`
 */
export function tableDialect(cluster: string | undefined): TableDialect {
  if (cluster === undefined) {
    return { onCluster: "", engine: (family, args = "") => `${family}(${args})` };
  }
  if (!/^[\w-]+$/.test(cluster)) {
    throw new Error(`"${cluster}" is no cluster name: letters, digits, _ and - only`);
  }
  return {
    onCluster: ` ON CLUSTER '${cluster}'`,
    engine: (family, args = "") => `Replicated${family}(${args})`,
  };
}

/**
 * Settings of every table of ours, for a SETTINGS clause.
 *
 * Measured on chDB 3.4.0: the window makes a repeated batch a no-op, also after SIGKILL; the fsync settings cover
 * inserts and merges, and old parts stay for 480 s so that a merge lost with the power can be done again;
 * parts below 128 MiB keep their columns in one file, which saves about 45 fsyncs an insert and made 1,000-row batches of
 * 10 MB go from 5,800 to 8,800 rows/s; the cleanup settings keep dead parts below about 600, where the defaults let 22,000 pile up (1 GB of memory).
 */
export const DURABLE_TABLE_SETTINGS = [
  "non_replicated_deduplication_window = 1000",
  "old_parts_lifetime = 480",
  "fsync_after_insert = 1",
  "fsync_part_directory = 1",
  "min_compressed_bytes_to_fsync_after_merge = 1",
  "ttl_only_drop_parts = 1",
  "min_bytes_for_wide_part = 134217728",
  "cleanup_delay_period = 2",
  "max_cleanup_delay_period = 5",
  "cleanup_delay_period_random_add = 0",
  "cleanup_thread_preferred_points_per_iteration = 0",
].join(", ");
