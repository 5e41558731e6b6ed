import {
  Kysely,
  PostgresDialect,
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from "kysely";
import { Pool, types, type PoolClient } from "pg";
import type { MetaHandle, OpenMetaOptions } from "../connect.js";
import type { MetaSchema } from "../schema.js";

const defaultPoolSize = 8;
const connectTimeoutMs = 5000;
const statementTimeoutMs = 30_000;
const lockTimeoutMs = 10_000;
const idleInTransactionTimeoutMs = 60_000;

/** Types which PostgreSQL gives to counts and sums; pg would return them as text. Ours stay below 2^53. */
const numberTypes = new Set<number>([types.builtins.INT8, types.builtins.NUMERIC]);

/** Opens a pool; the first connection is made by the first query. */
export function openPostgres(url: string, options: OpenMetaOptions): MetaHandle {
  const pool = new Pool({
    connectionString: url,
    max: options.poolSize ?? defaultPoolSize,
    application_name: "vedette",
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    types: { getTypeParser: typeParser },
  });
  // Without a listener, a server restart would end this process.
  pool.on("error", (error) => options.onConnectionError?.(error));
  const db = new Kysely<MetaSchema>({ dialect: new PostgresDialect({ pool: cleaningPool(pool) }) });
  return { db, dialect: "postgres", close: () => db.destroy() };
}

function typeParser(typeId: Parameters<typeof types.getTypeParser>[0]): (text: string) => unknown {
  return numberTypes.has(typeId) ? Number : types.getTypeParser(typeId);
}

/** PostgreSQL refuses U+0000 in text, which events may carry; it is replaced as a lone surrogate is. */
function cleaningPool(pool: Pool): PostgresPool {
  const wrapped = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const known = wrapped.get(client) ?? cleaningClient(client);
      wrapped.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

function cleaningClient(client: PoolClient): PostgresPoolClient {
  function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, parameters: readonly unknown[] = []): unknown {
    // Only cursors come as objects, and the dialect is given none.
    return client.query(String(text), parameters.map(withoutNul));
  }
  return { query, release: () => client.release() };
}

function withoutNul(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
}
