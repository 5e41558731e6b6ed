import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { ChdbEngine, EngineResult } from "./chdb-engine.js";
import { readEngineRequest, UnreadableRequestError } from "./http-request.js";
import { LaneFullError } from "./lane.js";
import type { EngineRequest } from "./statement.js";

/** The shim's server with what its process needs to end in order. */
export interface HttpShim {
  readonly server: Server;
  /** Refuses new statements from now on; `/ping` still answers. */
  refuseWork(): void;
  /** @returns a promise that resolves when no statement is under way */
  idle(): Promise<void>;
}

const zip = promisify(gzip);
const KEEP_ALIVE_MS = 60_000;
/** Parameters travel in the URL. As much as ClickHouse's own http_max_uri_size; Node's default is 16 KiB. */
const MAX_URL_BYTES = 1_048_576;
/** Quiet time before memory is given back. */
const COLLECT_AFTER_MS = 2_000;

/** A refusal of our own, in the words of the protocol. */
const SHUTTING_DOWN = "Code: 236. DB::Exception: The engine is shutting down. (ABORTED)";
const TOO_MANY =
  "Code: 202. DB::Exception: Too many statements wait already. (TOO_MANY_SIMULTANEOUS_QUERIES)";

/**
 * Answers ClickHouse's HTTP protocol for `@clickhouse/client`, which then cannot tell the engine from a server.
 *
 * - `GET /ping`: `Ok.` as long as the event loop runs; the supervisor's heartbeat.
 * - `GET /load`: what runs and waits and the memory in use, as JSON; ours, not ClickHouse's.
 * - anything else: one statement. Results are buffered whole, so an error always comes as a status and never after
 *   rows. A client that hangs up stops its query.
 *
 * Errors have the body `Code: N. DB::Exception: … (NAME)` and the header `X-ClickHouse-Exception-Code`.
 */
export function createHttpShim(engine: ChdbEngine): HttpShim {
  let accepting = true;
  const underWay = new Set<Promise<void>>();
  let collect: NodeJS.Timeout | undefined;
  const server = createServer({ maxHeaderSize: MAX_URL_BYTES }, (request, response) => {
    if (request.url === "/ping") {
      response.end("Ok.\n");
      return;
    }
    if (request.url === "/load") {
      response.end(JSON.stringify({ ...engine.load, rssBytes: process.memoryUsage.rss() }));
      return;
    }
    if (!accepting) {
      sendError(response, SHUTTING_DOWN);
      return;
    }
    clearTimeout(collect);
    const work = answer(engine, request, response).finally(() => {
      underWay.delete(work);
      collect = underWay.size === 0 ? setTimeout(collectGarbage, COLLECT_AFTER_MS).unref() : undefined;
    });
    underWay.add(work);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // A statement may take as long as its own limits allow.
  server.requestTimeout = 0;
  return {
    server,
    refuseWork: () => {
      accepting = false;
    },
    idle: async () => {
      while (underWay.size > 0) {
        await Promise.all(underWay);
      }
    },
  };
}

/** V8 sees no reason to free 40 MB of bodies in an idle process; the machine's owner does. */
function collectGarbage(): void {
  globalThis.gc?.();
}

async function answer(engine: ChdbEngine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hangUp = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) {
      hangUp.abort(new Error("the client has hung up"));
    }
  });
  try {
    const statement = await readEngineRequest(request);
    response.setHeader("X-ClickHouse-Query-Id", statement.queryId);
    const result = await engine.run(statement, hangUp.signal);
    await sendResult(response, result, wantsGzip(request, statement));
  } catch (error) {
    if (!hangUp.signal.aborted) {
      sendFailure(response, error);
    }
  }
}

function wantsGzip(request: IncomingMessage, statement: EngineRequest): boolean {
  const accepted = request.headers["accept-encoding"] ?? "";
  return (
    accepted.includes("gzip") &&
    /[?&]enable_http_compression=1\b/.test(request.url ?? "") &&
    statement.sql !== ""
  );
}

async function sendResult(
  response: ServerResponse,
  result: EngineResult,
  compressed: boolean,
): Promise<void> {
  const body = compressed ? await zip(result.body, { level: 1 }) : result.body;
  if (compressed) {
    response.setHeader("Content-Encoding", "gzip");
  }
  const written = String(result.rowsWritten);
  response.setHeader("X-ClickHouse-Summary", JSON.stringify({ written_rows: written }));
  response.setHeader("Content-Length", body.length);
  response.end(body);
}

function sendFailure(response: ServerResponse, error: unknown): void {
  if (error instanceof LaneFullError) {
    sendError(response, TOO_MANY);
  } else if (error instanceof UnreadableRequestError) {
    sendError(response, `Code: 307. DB::Exception: ${error.message}. (TOO_MANY_BYTES)`, error.status);
  } else {
    sendError(response, error instanceof Error ? error.message : String(error));
  }
}

function sendError(response: ServerResponse, message: string, status?: number): void {
  const code = /^Code:\s*(\d+)/.exec(message)?.[1];
  const text = code === undefined ? `Code: 1002. DB::Exception: ${message}. (UNKNOWN_EXCEPTION)` : message;
  response.statusCode = status ?? statusOf(code);
  response.setHeader("X-ClickHouse-Exception-Code", code ?? "1002");
  response.setHeader("Content-Type", "text/plain; charset=UTF-8");
  response.end(`${text}\n`);
}

/** As the server does it: 404 for what does not exist, 400 for bad syntax, 503 while stopping, 500 for the rest. */
function statusOf(code: string | undefined): number {
  switch (code) {
    case "60":
    case "81":
      return 404;
    case "62":
      return 400;
    case "202":
    case "236":
      return 503;
    default:
      return 500;
  }
}
