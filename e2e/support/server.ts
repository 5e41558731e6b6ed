import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const mainFile = fileURLToPath(new URL("../../packages/server/dist/main.js", import.meta.url));
const startTimeoutMs = 60_000;

/** Bearer token with owner rights, preset for every server of these suites. */
export const token = `sntryu_${"ab12".repeat(16)}`;
export const publicKey = "0123456789abcdef0123456789abcdef";
export const adminEmail = "admin@example.com";
export const adminPassword = "correct horse battery";

export interface ServerOptions {
  /** Reused over restarts; made and removed by the caller. Default: a folder of this server alone. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A Vedette process, started as a user would start it. */
export class Server {
  readonly url: string;
  readonly dataDir: string;
  readonly #child: ChildProcess;
  readonly #ownsData: boolean;
  readonly #output: string[];

  private constructor(parts: {
    url: string;
    dataDir: string;
    child: ChildProcess;
    ownsData: boolean;
    output: string[];
  }) {
    this.url = parts.url;
    this.dataDir = parts.dataDir;
    this.#child = parts.child;
    this.#ownsData = parts.ownsData;
    this.#output = parts.output;
  }

  /** Starts the server and waits until it is ready to accept. */
  static async start(options: ServerOptions = {}): Promise<Server> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "vedette-e2e-")));
    const child = spawn(process.execPath, [mainFile], {
      env: {
        ...process.env,
        VEDETTE_DATA_DIR: dataDir,
        VEDETTE_PORT: String(options.port ?? 0),
        VEDETTE_ADMIN_EMAIL: adminEmail,
        VEDETTE_ADMIN_PASSWORD: adminPassword,
        VEDETTE_BOOTSTRAP_KEY: publicKey,
        VEDETTE_BOOTSTRAP_TOKEN: token,
        VEDETTE_ALLOW_PRIVATE_HOOKS: "1",
        ...options.environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output: string[] = [];
    const url = await addressOf(child, output);
    return new Server({ url, dataDir, child, ownsData: options.dataDir === undefined, output });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get dsn(): string {
    return this.dsnOf(publicKey, 1);
  }

  dsnOf(key: string, projectId: number): string {
    return `${this.url.replace("://", `://${key}@`)}/${projectId}`;
  }

  /** Everything it printed so far. */
  get output(): string {
    return this.#output.join("");
  }

  /** SIGKILL: no chance to tidy up. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGKILL");
    await once(this.#child, "exit");
  }

  /** SIGTERM; @returns the exit code */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill("SIGTERM");
      await once(this.#child, "exit");
    }
    if (this.#ownsData) await rm(this.dataDir, { recursive: true, force: true });
    return this.#child.exitCode;
  }

  /** Calls the API as the bootstrap token; throws with the answer's text when it is no success. */
  async api<T>(path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
    const response = await fetch(`${this.url}/api/0${path}`, {
      method: init.method ?? "GET",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${response.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

/** Reads the banner for the address. */
function addressOf(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no banner in time:\n${output.join("")}`)),
      startTimeoutMs,
    );
    const onText = (text: string) => {
      output.push(text);
      const address = /Pages\s+(http:\/\/\S+)/.exec(output.join(""))?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.setEncoding("utf8").on("data", onText);
    child.stderr?.setEncoding("utf8").on("data", onText);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with ${code} before it was ready:\n${output.join("")}`));
    });
  });
}
