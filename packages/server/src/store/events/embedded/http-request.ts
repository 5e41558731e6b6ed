import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { randomUUID } from "node:crypto";
import type { EngineRequest } from "./statement.js";

/** The request cannot be read; `status` is the HTTP status to answer with. */
export class UnreadableRequestError extends Error {
  override readonly name = "UnreadableRequestError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

// Query arguments that speak to the transport; every other one is a parameter or a setting.
// https://clickhouse.com/docs/interfaces/http
const TRANSPORT = new Set([
  "query",
  "database",
  "query_id",
  "session_id",
  "session_timeout",
  "session_check",
  "default_format",
  "compress",
  "decompress",
  "enable_http_compression",
  "http_zlib_compression_level",
  "send_progress_in_http_headers",
  "wait_end_of_query",
  "user",
  "password",
  "role",
  "quota_key",
]);
const MAX_BODY_BYTES = 256 * 1024 * 1024;
const unzip = promisify(gunzip);

/**
 * Reads a request of ClickHouse's HTTP protocol: the statement in `?query=` with its rows in the body, or the statement as
 * the body. A body may come gzipped.
 *
 * @throws UnreadableRequestError for a body over 256 MiB (413), an unknown encoding (415) or broken gzip (400)
 */
export async function readEngineRequest(request: IncomingMessage): Promise<EngineRequest> {
  const url = new URL(request.url ?? "/", "http://engine");
  const body = await decode(request, await readBody(request));
  const statement = url.searchParams.get("query");
  const params = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (name.startsWith("param_")) {
      params.set(name.slice("param_".length), value);
    } else if (!TRANSPORT.has(name)) {
      settings.set(name, value);
    }
  }
  return {
    sql: statement ?? body.toString("utf8"),
    data: statement === null ? Buffer.alloc(0) : body,
    database: url.searchParams.get("database") ?? "default",
    queryId: url.searchParams.get("query_id") ?? randomUUID(),
    params,
    settings,
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) {
      throw new UnreadableRequestError(413, `the body is over ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}

async function decode(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding === "identity") {
    return body;
  }
  if (encoding !== "gzip") {
    throw new UnreadableRequestError(415, `the encoding ${encoding} is not supported; gzip is`);
  }
  try {
    return await unzip(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch (cause) {
    throw new UnreadableRequestError(400, `the body is no gzip: ${String(cause)}`);
  }
}
