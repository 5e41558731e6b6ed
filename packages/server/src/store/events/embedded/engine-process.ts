import { fork, type ChildProcess } from "node:child_process";
import http from "node:http";
import { fileURLToPath } from "node:url";
import { entryUrl } from "../../../shared/entry-url.js";
import { asEngineMessage, threadPoolSize, type DrainCommand, type EngineConfig } from "./engine-config.js";
import { engineDirectoryHolder } from "./engine-paths.js";

/** The engine could not start. `inUse`: another process holds the data directory. */
export class EngineStartError extends Error {
  override readonly name = "EngineStartError";
  readonly inUse: boolean;

  constructor(message: string, inUse: boolean) {
    super(message);
    this.inUse = inUse;
  }
}

/** How a child ended. */
export interface EngineExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Last lines the child wrote to its error output; normally empty. */
  readonly stderr: string;
}

// For glibc's malloc, which holds the bodies passing through Node (chDB brings jemalloc): after 80 batches of 10 MB the engine
// rests at 350 MB with these, at 570 MB without.
const SMALL_MALLOC = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_TRIM_THRESHOLD_: "131072",
  MALLOC_MMAP_THRESHOLD_: "131072",
};
const KEPT_STDERR_CHARACTERS = 4_000;

/** One life of the engine's child process, from fork to exit. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #config: EngineConfig;
  readonly #exited: Promise<EngineExit>;
  #stderr = "";

  constructor(config: EngineConfig) {
    this.#config = config;
    this.#child = fork(fileURLToPath(entryUrl(import.meta.url, "./engine.js")), [JSON.stringify(config)], {
      // Rows pass through as buffers outside V8's heap, so a small heap is enough.
      execArgv: ["--max-old-space-size=256", "--expose-gc"],
      env: {
        ...process.env,
        TZ: "UTC",
        UV_THREADPOOL_SIZE: String(threadPoolSize(config)),
        NODE_OPTIONS: "",
        ...SMALL_MALLOC,
      },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR_CHARACTERS);
    });
    this.#exited = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null): void =>
        resolve({ code, signal, stderr: this.#stderr });
      this.#child.once("exit", end);
      this.#child.once("error", (error) => {
        this.#stderr += error.message;
        // No process was made, so no exit will follow.
        if (this.#child.pid === undefined) {
          end(null, null);
        }
      });
    });
  }

  /** Process id; undefined when the fork failed. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when the process is gone, and with it its lock on the data directory. */
  get exited(): Promise<EngineExit> {
    return this.#exited;
  }

  /**
   * Waits until the engine answers on its socket.
   *
   * @throws EngineStartError when it says why it cannot, ends, or is silent for `timeoutMs` (it is then killed)
   */
  async ready(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#child.on("message", (raw) => {
          const message = asEngineMessage(raw);
          if (message?.type === "ready") {
            resolve();
          } else if (message?.type === "failed") {
            reject(this.#explain(message.message));
          }
        });
        void this.#exited.then((exit) => reject(new EngineStartError(describeExit(exit), false)));
        timer = setTimeout(() => {
          this.kill();
          reject(new EngineStartError(`the event engine did not start within ${timeoutMs} ms`, false));
        }, timeoutMs);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** @returns true when the engine answers its heartbeat within `timeoutMs`; never throws */
  async answersPing(timeoutMs: number): Promise<boolean> {
    return await new Promise((resolve) => {
      const request = http.get(
        { socketPath: this.#config.socketPath, path: "/ping", timeout: timeoutMs, agent: false },
        (response) => {
          response.resume();
          resolve(response.statusCode === 200);
        },
      );
      request.once("timeout", () => request.destroy(new Error("no heartbeat")));
      request.once("error", () => resolve(false));
    });
  }

  /** Asks the engine to finish what it does and waits for its word, its end, or `deadlineMs`. */
  async drain(graceMs: number, deadlineMs: number): Promise<void> {
    const command: DrainCommand = { type: "drain", graceMs };
    const drained = new Promise<void>((resolve) => {
      this.#child.on("message", (raw) => {
        if (asEngineMessage(raw)?.type === "drained") {
          resolve();
        }
      });
    });
    // A child that is gone already cannot be asked; its exit ends the wait.
    this.#child.send(command, () => undefined);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, deadlineMs);
    });
    await Promise.race([drained, this.#exited, deadline]);
    clearTimeout(timer);
  }

  /** Ends the process at once. Everything acknowledged is on disk; see README. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #explain(message: string): EngineStartError {
    const { chdbDir } = this.#config;
    const holder = engineDirectoryHolder(chdbDir);
    if (holder === undefined || holder === this.#child.pid) {
      return new EngineStartError(`the event engine could not start: ${message}`, false);
    }
    return new EngineStartError(
      `the data directory ${chdbDir} is in use by another event engine (process ${holder}). ` +
        "Stop that Vedette, or choose another data directory with VEDETTE_DATA_DIR.",
      true,
    );
  }
}

/** @returns a sentence for the log about how the engine ended */
export function describeExit(exit: EngineExit): string {
  const how = exit.signal === null ? `with code ${String(exit.code)}` : `by ${exit.signal}`;
  const words = exit.stderr.trim();
  return `the event engine ended ${how}${words === "" ? "" : `: ${words}`}`;
}
