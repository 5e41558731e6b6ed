import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { publicKey } from "../support/server.js";
import { envelopeOf } from "./known-event.js";
import type { KnownEvent } from "./known-event.js";

export interface LoadOptions {
  readonly port: number;
  /** Connections that are kept alive, each with one request at a time. */
  readonly connections: number;
  /** Over all connections; what the server does not manage is sent late, not dropped. */
  readonly eventsPerSecond: number;
  /** The next new event. */
  readonly next: () => KnownEvent;
  /** Share of events that are sent once more after they were acknowledged, 0 to 1. */
  readonly doubledShare: number;
  /** Share of events without an answer that are sent again under the same id, as an SDK with a cache does, 0 to 1. */
  readonly retriedShare: number;
}

/** What became of a request: the status, or null when no answer came. */
export type SendResult = { readonly status: number; readonly retryAfter: string | null } | null;

const pauseWhileDownMs = 50;
const answerTimeoutMs = 10_000;

/** Sends events until it is stopped and remembers, by id, which were acknowledged with 200 and which were not. */
export class LoadSender {
  readonly acknowledged = new Map<string, KnownEvent>();
  /** Sent without an answer of 200: stored or not, but once at most. */
  readonly uncertain = new Map<string, KnownEvent>();
  /** Answers by status; `none` counts requests without one. */
  readonly answers = new Map<string, number>();
  /** Requests whose event had been acknowledged before. */
  doubled = 0;
  readonly #options: LoadOptions;
  readonly #agent: http.Agent;
  readonly #again: KnownEvent[] = [];
  #stopped = false;
  #running: Promise<void> | undefined;

  constructor(options: LoadOptions) {
    this.#options = Object.freeze({ ...options });
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: options.connections });
  }

  start(): void {
    const { connections } = this.#options;
    this.#running = Promise.all(Array.from({ length: connections }, () => this.#work())).then(
      () => undefined,
    );
  }

  /** Resolves when the last answer has come. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    this.#agent.destroy();
  }

  async #work(): Promise<void> {
    const { connections, eventsPerSecond, next } = this.#options;
    const everyMs = (1_000 * connections) / eventsPerSecond;
    let due = performance.now() + Math.random() * everyMs;
    while (!this.#stopped) {
      const event = this.#again.shift() ?? next();
      await this.#sendKnown(event);
      due = Math.max(due + everyMs, performance.now() - 1_000);
      await sleep(Math.max(0, due - performance.now()));
    }
  }

  async #sendKnown(event: KnownEvent): Promise<void> {
    const isDoubled = this.acknowledged.has(event.id);
    if (isDoubled) this.doubled++;
    const result = await sendEnvelope(this.#options.port, envelopeOf(event), this.#agent);
    const name = result === null ? "none" : String(result.status);
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
    if (result?.status === 200) this.#acknowledge(event);
    else if (!isDoubled) this.#doubt(event);
    if (result === null) await sleep(pauseWhileDownMs);
  }

  #acknowledge(event: KnownEvent): void {
    const isNew = !this.acknowledged.has(event.id);
    this.acknowledged.set(event.id, event);
    this.uncertain.delete(event.id);
    if (isNew && Math.random() < this.#options.doubledShare) this.#again.push(event);
  }

  #doubt(event: KnownEvent): void {
    this.uncertain.set(event.id, event);
    if (Math.random() < this.#options.retriedShare) this.#again.push(event);
  }
}

/** Posts one envelope to project 1; null when the connection broke or no answer came within ten seconds. */
export function sendEnvelope(port: number, body: string | Buffer, agent?: http.Agent): Promise<SendResult> {
  return new Promise((resolve) => {
    const request = http.request(
      {
        host: "127.0.0.1",
        port,
        method: "POST",
        path: `/api/1/envelope/?sentry_key=${publicKey}`,
        headers: { "Content-Length": Buffer.byteLength(body) },
        timeout: answerTimeoutMs,
        ...(agent && { agent }),
      },
      (response) => {
        response.once("error", () => resolve(null));
        response.once("end", () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] ?? null }),
        );
        response.resume();
      },
    );
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(null));
    // A killed server ends the answer early: neither `end` nor an error of the request follows.
    request.once("close", () => resolve(null));
    request.end(body);
  });
}
