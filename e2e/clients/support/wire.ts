import { once } from "node:events";
import { createServer, request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { decode, itemsOf } from "./envelope-items.js";
import type { SentItem } from "./envelope-items.js";

/** A request of a client and what the server answered. */
export interface Exchange {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As sent, still encoded. */
  readonly body: Buffer;
  readonly status: number;
  readonly answerHeaders: IncomingHttpHeaders;
  readonly answer: string;
}

/**
 * A wire tap between a client and the server: passes bytes on unchanged and remembers them, because only there one
 * sees what an official client made of an answer (which encoding it chose, when it stopped sending).
 */
export class Wire {
  readonly url: string;
  readonly #http: HttpServer;
  readonly #exchanges: Exchange[];

  private constructor(http: HttpServer, exchanges: Exchange[]) {
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    this.#http = http;
    this.#exchanges = exchanges;
  }

  /** Listens on a free port and forwards to the target, an origin such as `http://127.0.0.1:9000`. */
  static async open(target: string): Promise<Wire> {
    const exchanges: Exchange[] = [];
    const http = createServer((incoming, outgoing) => forward({ target, incoming, outgoing, exchanges }));
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    return new Wire(http, exchanges);
  }

  /** Finished exchanges, oldest first. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** Items of all envelopes sent, or of those with a given answer. */
  items(status?: number): SentItem[] {
    return this.envelopes()
      .filter((one) => status === undefined || one.status === status)
      .flatMap((one) => itemsOf(decode(one.body, one.headers["content-encoding"])));
  }

  /** Exchanges that carried an envelope. */
  envelopes(): readonly Exchange[] {
    return this.#exchanges.filter((one) => one.method === "POST" && /\/envelope\/?(\?|$)/.test(one.path));
  }

  dsnOf(publicKey: string, projectId: number | string): string {
    return `${this.url.replace("://", `://${publicKey}@`)}/${projectId}`;
  }

  async close(): Promise<void> {
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, "close");
  }
}

interface Passage {
  readonly target: string;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly exchanges: Exchange[];
}

function forward({ target, incoming, outgoing, exchanges }: Passage): void {
  const { method = "GET", url: path = "/", headers } = incoming;
  const sent: Buffer[] = [];
  const answered: Buffer[] = [];
  const upstream = request(new URL(path, target), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("data", (chunk: Buffer) => answered.push(chunk)).pipe(outgoing);
    answer.once("end", () =>
      exchanges.push({
        method,
        path,
        headers,
        body: Buffer.concat(sent),
        status: answer.statusCode ?? 0,
        answerHeaders: answer.headers,
        answer: Buffer.concat(answered).toString("utf8"),
      }),
    );
  });
  upstream.once("error", () => outgoing.destroy());
  incoming.on("data", (chunk: Buffer) => sent.push(chunk)).pipe(upstream);
}
