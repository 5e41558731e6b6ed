import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A connection of chDB: a session with settings of its own. Opaque. */
export type ChdbConnection = object;

/** What a query gives back. */
interface ChdbNativeResult {
  readonly bytes: Uint8Array;
}

/** What an insert gives back; rows written into views are counted too. */
interface ChdbNativeInsert {
  readonly rowsWritten: number;
}

/**
 * The functions of chDB's native part that we use. Errors are plain `Error`s with the engine's text
 * (`Code: 62. DB::Exception: …`). A call occupies one thread of libuv's pool until it ends.
 */
export interface ChdbNative {
  CreateConnection(path: string, args?: readonly string[]): ChdbConnection;
  /** Must not be called while a call on this connection runs; calls on others do not matter. */
  CloseConnection(connection: ChdbConnection): void;
  QueryAsyncConnection(connection: ChdbConnection, sql: string, format: string): Promise<ChdbNativeResult>;
  /** The bytes must stay unchanged until the promise settles. */
  InsertRawAsyncConnection(
    connection: ChdbConnection,
    prefix: string,
    rows: Buffer,
    countLines: boolean,
  ): Promise<ChdbNativeInsert>;
}

const USED_FUNCTIONS = [
  "CreateConnection",
  "CloseConnection",
  "QueryAsyncConnection",
  "InsertRawAsyncConnection",
] as const;

/**
 * Loads chDB's native part, past the `Session` class of the package.
 *
 * `Session.close()` of chdb 3.4.0 puts the closing off while any other call of the process runs, and a connection holds
 * about 0.5 MB: during one query of 12 s, 1,400 short ones left 770 MB behind. Here each connection is closed
 * when its own call is over. The native part is no public interface, so the version of chdb is pinned exactly.
 *
 * @throws Error when the package for this platform is missing or lacks one of the functions
 */
export function loadChdbNative(): ChdbNative {
  const require = createRequire(import.meta.url);
  const loader: unknown = require(join(dirname(require.resolve("chdb")), "dist", "loader.js"));
  if (!hasLoader(loader)) {
    throw new Error("this version of chdb has no loader for its native part; Vedette needs chdb 3.4.0");
  }
  const native = loader.loadNative();
  if (!isChdbNative(native)) {
    throw new Error("this version of chdb has another native interface; Vedette needs chdb 3.4.0");
  }
  return native;
}

function hasLoader(value: unknown): value is { loadNative(): unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    "loadNative" in value &&
    typeof value.loadNative === "function"
  );
}

function isChdbNative(value: unknown): value is ChdbNative {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const functions = new Map<string, unknown>(Object.entries(value));
  return USED_FUNCTIONS.every((name) => typeof functions.get(name) === "function");
}
