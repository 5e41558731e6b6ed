import http from "node:http";
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";

/** Where the engine is: one of the two. */
export interface EngineAddress {
  /** Unix socket of the embedded engine; `url` is ignored then. */
  readonly socketPath?: string;
  /** HTTP address of a server with user and password, such as `http://vedette:secret@clickhouse:8123`. */
  readonly url?: string;
}

/** Limits of one client. */
export interface ConnectionLimits {
  readonly database: string;
  readonly maxConnections: number;
  /** Silence after which a request counts as lost, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/**
 * Makes a client of `@clickhouse/client` with a connection pool of its own; nothing is opened yet.
 *
 * @throws Error when the address holds neither a socket path nor a URL
 */
export function connectClickHouse(address: EngineAddress, limits: ConnectionLimits): ClickHouseClient {
  const shared = {
    application: "vedette",
    database: limits.database,
    request_timeout: limits.requestTimeoutMs,
    // Errors come back to the caller, who logs them once.
    log: { level: ClickHouseLogLevel.OFF },
  };
  if (address.socketPath === undefined) {
    if (address.url === undefined) {
      throw new Error("an event store needs either a socket path or a URL");
    }
    return createClient({ ...shared, url: address.url, max_open_connections: limits.maxConnections });
  }
  // http.Agent hands socketPath on to the connection; @types/node 20 only declares it for requests.
  const agentOptions: http.AgentOptions & { socketPath: string } = {
    socketPath: address.socketPath,
    keepAlive: true,
    maxSockets: limits.maxConnections,
  };
  return createClient({ ...shared, url: "http://embedded", http_agent: new http.Agent(agentOptions) });
}
