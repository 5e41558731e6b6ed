import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";

/** Two numbers of ours, so that the lock meets nobody else's in the same database. */
const lockKey = [8_633, 1] as const;
const connectTimeoutMs = 5_000;
const betweenTriesMs = 250;

export interface ClaimOptions {
  /** How long an earlier server may take to end. */
  readonly waitMs: number;
  /** Called when the connection that holds the claim breaks; the claim is lost then. */
  readonly onLost: (error: Error) => void;
}

/**
 * Claims a database for one server by an advisory lock, which PostgreSQL frees when the connection ends in whatever way.
 * The connection must be the server's own: a pooler in transaction mode would share it.
 *
 * @returns a function that frees it; null when another server held it all the time
 */
export async function claimPostgres(
  url: string,
  options: ClaimOptions,
): Promise<(() => Promise<void>) | null> {
  const client = new Client({
    connectionString: url,
    application_name: "vedette claim",
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  client.on("error", options.onLost);
  await client.connect();
  const giveUpAt = Date.now() + options.waitMs;
  for (;;) {
    const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1, $2) as held", [
      ...lockKey,
    ]);
    if (rows[0]?.held) return () => client.end();
    if (Date.now() >= giveUpAt) break;
    await sleep(betweenTriesMs);
  }
  await client.end();
  return null;
}
