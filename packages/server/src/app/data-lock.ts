import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** Thrown when another server uses the data directory, or the database. */
export class DataDirectoryInUse extends Error {
  override readonly name = "DataDirectoryInUse";
}

/**
 * Claims the data directory for this process. The lock is SQLite's own file lock, which the kernel frees when the
 * process ends in whatever way: no stale lock is left behind.
 *
 * @returns a function that frees it
 * @throws DataDirectoryInUse
 */
export function lockDataDirectory(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new Database(join(dataDir, "server.lock"), { timeout: 0 });
  const pidFile = join(dataDir, "server.pid");
  try {
    database.pragma("journal_mode = DELETE");
    database.exec("begin exclusive");
  } catch (error) {
    database.close();
    throw new DataDirectoryInUse(
      `Another Vedette${otherPid(pidFile)} is using ${dataDir}. Stop it first, or give this one a directory of its own with VEDETTE_DATA_DIR.`,
      { cause: error },
    );
  }
  writeFileSync(pidFile, String(process.pid));
  return () => void database.close();
}

function otherPid(pidFile: string): string {
  try {
    return ` (process ${readFileSync(pidFile, "utf8").trim()})`;
  } catch {
    // The other server has not written it yet; the message does without.
    return "";
  }
}
