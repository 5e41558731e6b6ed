import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { errorCode } from "../../shared/error-code.js";
import { isPrivateHost, PrivateAddressError, publicLookup } from "./pinned-lookup.js";

export interface OutgoingRequest {
  readonly method: "GET" | "POST";
  /** http or https. May hold a secret: never log it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A whole answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** At most 256 KiB of it, as UTF-8. */
  readonly body: string;
}

/**
 * How a request ended. `lost`: no answer; when `mayHaveArrived`, the other side may still have acted on it.
 * `refused`: not sent, and never will be. Reasons are plain sentences without the URL.
 */
export type SendResult =
  | { readonly kind: "answer"; readonly answer: HttpAnswer }
  | { readonly kind: "lost"; readonly reason: string; readonly mayHaveArrived: boolean }
  | { readonly kind: "refused"; readonly reason: string };

interface OutgoingClientOptions {
  /** Whether private addresses may be reached (`VEDETTE_ALLOW_PRIVATE_HOOKS`). */
  readonly allowPrivate: boolean;
  /** From the start to the end of the answer. Default 10,000. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 10_000;
const maxAnswerBytes = 256 * 1024;
const keepAlive = { keepAlive: true, keepAliveMsecs: 5_000, maxSockets: 16, timeout: 30_000 } as const;

/**
 * The one way out for hooks: refuses private addresses unless told otherwise, connects only to the address it has
 * checked, follows no redirect, and ends within a short time.
 */
export class OutgoingClient {
  readonly #allowPrivate: boolean;
  readonly #timeoutMs: number;
  readonly #agents = { "http:": new HttpAgent(keepAlive), "https:": new HttpsAgent(keepAlive) };

  constructor(options: OutgoingClientOptions) {
    this.#allowPrivate = options.allowPrivate;
    this.#timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  }

  /** Sends one request; never throws. The signal cuts it off, which counts as lost. */
  async send(request: OutgoingRequest, signal?: AbortSignal): Promise<SendResult> {
    const url = new URL(request.url);
    if (!this.#allowPrivate && isPrivateHost(url.hostname)) return refusedAsPrivate;
    const clock = new AbortController();
    const cut = () => clock.abort("stopping");
    const timer = setTimeout(() => clock.abort("timeout"), this.#timeoutMs);
    signal?.addEventListener("abort", cut, { once: true });
    if (signal?.aborted === true) cut();
    try {
      return { kind: "answer", answer: await this.#exchange(url, request, clock.signal) };
    } catch (error) {
      return this.#lost(error, clock.signal);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cut);
    }
  }

  /** Closes idle connections; requests under way end by themselves. */
  close(): void {
    this.#agents["http:"].destroy();
    this.#agents["https:"].destroy();
  }

  #exchange(url: URL, request: OutgoingRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const secure = url.protocol === "https:";
    const options: RequestOptions = {
      method: request.method,
      headers: {
        ...request.headers,
        ...(request.body !== undefined && { "content-length": String(Buffer.byteLength(request.body)) }),
      },
      agent: this.#agents[secure ? "https:" : "http:"],
      signal,
      ...(!this.#allowPrivate && { lookup: publicLookup }),
    };
    return new Promise((resolve, reject) => {
      const call = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
        readAnswer(response).then(resolve, reject);
      });
      call.on("error", reject);
      call.end(request.body);
    });
  }

  #lost(error: unknown, signal: AbortSignal): SendResult {
    if (error instanceof PrivateAddressError) return refusedAsPrivate;
    if (signal.reason === "timeout") {
      const reason = `No answer within ${this.#timeoutMs / 1000} s; the message may have arrived.`;
      return { kind: "lost", reason, mayHaveArrived: true };
    }
    if (signal.reason === "stopping") {
      const reason = "The server stopped before the answer came; the message may have arrived.";
      return { kind: "lost", reason, mayHaveArrived: true };
    }
    const code = errorCode(error) ?? "unknown error";
    if (neverConnected.has(code)) {
      return { kind: "lost", reason: `Could not connect (${code}).`, mayHaveArrived: false };
    }
    const reason = `The connection broke before the answer came (${code}); the message may have arrived.`;
    return { kind: "lost", reason, mayHaveArrived: true };
  }
}

/** Errors that come before the first byte is sent. */
const neverConnected: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "ETIMEDOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

const refusedAsPrivate: SendResult = {
  kind: "refused",
  reason:
    "The address is in a private network, where hooks go only when the server runs with VEDETTE_ALLOW_PRIVATE_HOOKS=1.",
};

async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) {
      response.destroy();
      break;
    }
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString("utf8") };
}
