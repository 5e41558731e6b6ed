import { availableParallelism } from "node:os";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { EngineConfig } from "./engine-config.js";
import { describeExit, EngineProcess, EngineStartError } from "./engine-process.js";
import { engineDirectoryHolder, prepareEnginePaths } from "./engine-paths.js";

/** How an engine is to run. */
export interface EngineOptions {
  /** Directory of the engine's own: its data, its socket. Made when missing. */
  readonly dataDir: string;
  /** Memory the engine may take, in bytes. Default 1 GiB; 512 MiB is enough for small inserts. */
  readonly memoryBytes?: number;
  /** Queries run at once. Default twice the cores, at least 4. */
  readonly readSlots?: number;
  /** Inserts and commands run at once. Default 2. */
  readonly writeSlots?: number;
  /** Extra arguments for chDB. Default none. */
  readonly engineArgs?: readonly string[];
  /** Between two heartbeats, in milliseconds. Default 1,000. */
  readonly heartbeatMs?: number;
  /** Heartbeats missed in a row before the engine is killed. Default 5. */
  readonly missedHeartbeats?: number;
  /**
   * How long the first start waits for another engine to leave the directory, in milliseconds. Default 0. For callers
   * who know that its supervisor is dead: it then ends by itself, after the inserts under way.
   */
  readonly waitForOrphanMs?: number;
  /** Told of each unexpected end, with a sentence for the log. */
  onExit?(description: string): void;
}

/** A running engine. */
export interface EngineHandle {
  /** Where `@clickhouse/client` reaches it; the same over all restarts. */
  readonly socketPath: string;
  /** Process id of the present child; undefined between two. */
  readonly pid: number | undefined;
  /** Restarts since `startEngine`. */
  readonly restarts: number;
  /**
   * Calls `listener` each time the engine is back after an unexpected end.
   *
   * @returns a function that ends the subscription
   */
  onRestart(listener: () => void): () => void;
  /** Refuses new work, lets the rest finish for up to `graceMs` (default 5,000), then kills. May be called twice. */
  stop(graceMs?: number): Promise<void>;
}

const GIB = 1024 ** 3;
const START_TIMEOUT_MS = 120_000;
const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 5_000;
/** An engine that lived shorter than this counts towards the back-off. */
const STEADY_AFTER_MS = 30_000;
/** Short lives in a row before the back-off grows. */
const FORGIVEN_SHORT_LIVES = 3;
const STOP_GRACE_MS = 5_000;
const ORPHAN_POLL_MS = 100;
/** Time for inserts under way to end after queries have been stopped. */
const INSERT_GRACE_MS = 3_000;

/**
 * Starts the embedded engine and keeps it running.
 *
 * States of the supervisor: *starting* (forked, silent) -> *ready* on the child's word; *ready* -> *down* when the child
 * ends or misses five heartbeats in a row and is killed (chDB can freeze for five minutes after a fault in it);
 * *down* -> *starting* after 0.2 s, growing to 5 s when life after life is short; any -> *stopped* by `stop`, for good.
 *
 * @returns the handle once the engine answers
 * @throws EngineStartError when the first start fails; with `inUse` when another engine holds the directory
 */
export async function startEngine(options: EngineOptions): Promise<EngineHandle> {
  const supervisor = new EngineSupervisor(options);
  await supervisor.start();
  return supervisor;
}

class EngineSupervisor implements EngineHandle {
  readonly #options: EngineOptions;
  readonly #config: EngineConfig;
  readonly #listeners = new Set<() => void>();
  readonly #stopping = new AbortController();
  #process: EngineProcess | undefined;
  #watching: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;
  #restarts = 0;

  constructor(options: EngineOptions) {
    this.#options = Object.freeze({ ...options });
    this.#config = {
      ...prepareEnginePaths(options.dataDir),
      readSlots: options.readSlots ?? Math.max(4, availableParallelism() * 2),
      writeSlots: options.writeSlots ?? 2,
      memoryBytes: options.memoryBytes ?? GIB,
      engineArgs: options.engineArgs ?? [],
    };
  }

  get socketPath(): string {
    return this.#config.socketPath;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get restarts(): number {
    return this.#restarts;
  }

  onRestart(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    const first = await this.#launchWhenFree(Date.now() + (this.#options.waitForOrphanMs ?? 0));
    this.#watching = this.#keepRunning(first);
  }

  stop(graceMs: number = STOP_GRACE_MS): Promise<void> {
    this.#stopped ??= this.#stopOnce(graceMs);
    return this.#stopped;
  }

  async #stopOnce(graceMs: number): Promise<void> {
    this.#stopping.abort();
    await this.#process?.drain(graceMs, graceMs + INSERT_GRACE_MS);
    this.#process?.kill();
    await this.#watching;
    rmSync(this.#config.socketPath, { force: true });
  }

  async #launchWhenFree(waitUntilMs: number): Promise<EngineProcess> {
    for (;;) {
      try {
        return await this.#launch();
      } catch (error) {
        const isInUse = error instanceof EngineStartError && error.inUse;
        if (!isInUse || Date.now() >= waitUntilMs || this.#stopping.signal.aborted) throw error;
      }
      // Each launch loads chDB, so it is tried again only once the holder is gone.
      do {
        await this.#pause(ORPHAN_POLL_MS);
      } while (engineDirectoryHolder(this.#config.chdbDir) !== undefined && Date.now() < waitUntilMs);
    }
  }

  async #launch(): Promise<EngineProcess> {
    const child = new EngineProcess(this.#config);
    this.#process = child;
    try {
      await child.ready(START_TIMEOUT_MS);
      return child;
    } catch (error) {
      child.kill();
      await child.exited;
      this.#process = undefined;
      throw error;
    }
  }

  /** Runs from the first start until `stop`. */
  async #keepRunning(first: EngineProcess): Promise<void> {
    let child: EngineProcess | undefined = first;
    let shortLives = 0;
    while (!this.#stopping.signal.aborted) {
      const bornMs = Date.now();
      if (child !== undefined) {
        await this.#watch(child);
        this.#process = undefined;
      }
      const wasShort = child === undefined || Date.now() - bornMs < STEADY_AFTER_MS;
      shortLives = wasShort ? shortLives + 1 : 0;
      await this.#pause(backOffMs(shortLives));
      child = this.#stopping.signal.aborted ? undefined : await this.#relaunch();
    }
  }

  async #relaunch(): Promise<EngineProcess | undefined> {
    try {
      const child = await this.#launch();
      this.#restarts += 1;
      for (const listener of this.#listeners) {
        listener();
      }
      return child;
    } catch (error) {
      this.#options.onExit?.(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** Sends heartbeats until the child has ended. Misses are counted, not timed: a laptop that slept is no fault. */
  async #watch(child: EngineProcess): Promise<void> {
    const heartbeatMs = this.#options.heartbeatMs ?? 1_000;
    const ended = new AbortController();
    const exit = child.exited.finally(() => ended.abort());
    let missed = 0;
    while (!ended.signal.aborted) {
      const beat = sleep(heartbeatMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
      const [answered] = await Promise.all([child.answersPing(heartbeatMs), beat]);
      if (ended.signal.aborted || this.#stopping.signal.aborted) {
        break;
      }
      missed = answered ? 0 : missed + 1;
      if (missed >= (this.#options.missedHeartbeats ?? 5)) {
        child.kill();
        break;
      }
    }
    const description = describeExit(await exit);
    if (!this.#stopping.signal.aborted) {
      const hung = missed > 0 ? ` after ${missed} missed heartbeats` : "";
      this.#options.onExit?.(`${description}${hung}`);
    }
  }

  async #pause(delayMs: number): Promise<void> {
    await sleep(delayMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

function backOffMs(shortLives: number): number {
  const grown = FIRST_BACK_OFF_MS * 2 ** Math.max(0, shortLives - FORGIVEN_SHORT_LIVES);
  return Math.min(grown, LONGEST_BACK_OFF_MS);
}
