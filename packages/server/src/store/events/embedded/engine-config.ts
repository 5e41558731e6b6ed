/** What the engine's child process is told at birth, as JSON in its first argument. */
export interface EngineConfig {
  /** Directory of chDB's own files. One process at a time may hold it. */
  readonly chdbDir: string;
  /** Unix socket to answer on. A file left there by a dead engine is replaced. */
  readonly socketPath: string;
  /** Queries run at once. */
  readonly readSlots: number;
  /** Inserts and commands run at once, besides the reads. */
  readonly writeSlots: number;
  /** Memory the engine may take, in bytes; its own limits are set below this. */
  readonly memoryBytes: number;
  /** Extra arguments for chDB in the form of clickhouse-local, such as `--backups.allowed_path=/backups`. */
  readonly engineArgs: readonly string[];
}

/** What the child tells the supervisor. */
export type EngineMessage =
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "drained" };

/** What the supervisor tells the child: take no more work, and say when the rest is done. */
export interface DrainCommand {
  readonly type: "drain";
  /** After this many milliseconds queries still running are stopped. Inserts always finish. */
  readonly graceMs: number;
}

/** Threads for work besides the slots: kills, compression, file access. */
const SPARE_THREADS = 8;

/** @returns size of libuv's pool; chDB holds one thread per running call, so fewer would stall everything else */
export function threadPoolSize(config: EngineConfig): number {
  return config.readSlots + config.writeSlots + SPARE_THREADS;
}

/** @returns the message when the value has one of the shapes above, otherwise undefined */
export function asEngineMessage(value: unknown): EngineMessage | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) {
    return undefined;
  }
  if (value.type === "ready" || value.type === "drained") {
    return { type: value.type };
  }
  if (value.type === "failed" && "message" in value) {
    return { type: "failed", message: String(value.message) };
  }
  return undefined;
}
