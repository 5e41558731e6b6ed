import http from "node:http";
import { publicKey } from "../support/server.js";
import type { Server } from "../support/server.js";

export interface Post {
  /** Default: the envelope endpoint of project 1 with its key. */
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Posted {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

const envelopePath = `/api/1/envelope/?sentry_key=${publicKey}`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
const answerTimeoutMs = 30_000;

/** Sends bytes as they are. @throws Error when the server hangs up or does not answer within 30 seconds */
export function post(
  server: Server,
  { path = envelopePath, method = "POST", headers = {}, body = "" }: Post,
): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      new URL(path, server.url),
      {
        method,
        agent,
        headers: { "Content-Length": Buffer.byteLength(body), ...headers },
        timeout: answerTimeoutMs,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    request.once("timeout", () => request.destroy(new Error(`no answer within ${answerTimeoutMs} ms`)));
    request.once("error", reject);
    request.end(body);
  });
}
