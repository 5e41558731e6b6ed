import { isAbsolute, join, resolve } from "node:path";
import { ConfigError } from "./config-error.js";
import { environmentSchema, type Environment } from "./environment-schema.js";

type ConfigLogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** Everything an operator may set, checked and with defaults filled in. Frozen. */
export interface Config {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Absolute; every file Vedette writes lies below it. */
  readonly dataDir: string;
  /** For `openMeta`: `postgres://…`, or `sqlite:` and an absolute path. */
  readonly databaseUrl: string;
  /** `http(s)://…` of a ClickHouse server; null runs the embedded one. */
  readonly clickhouseUrl: string | null;
  /** Absolute path of the queue's file. */
  readonly queuePath: string;
  /** Absolute path of the blobs' folder. */
  readonly blobDir: string;
  /** Where browsers and SDKs reach this installation, without a slash at the end. */
  readonly publicUrl: string;
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;
  /** Public key of the first project's DSN, 32 hex. */
  readonly bootstrapKey: string | null;
  /** API bearer token with owner rights. */
  readonly bootstrapToken: string | null;
  /** 32 bytes each, the first seals; null when the key lies in the data directory. */
  readonly secretKeys: readonly Buffer[] | null;
  /** Absolute path of an alerts-as-code file to apply at start. */
  readonly provisionPath: string | null;
  /** Whether outgoing hooks may go to private addresses. */
  readonly allowPrivateHooks: boolean;
  /** Base of Discord's API, without a slash at the end. */
  readonly discordApiUrl: string;
  /** What Fastify calls trustProxy: off, any proxy, this many proxies, or these addresses. */
  readonly trustProxy: boolean | number | string;
  readonly logLevel: ConfigLogLevel;
  /** Records which may wait in the queue before ingest answers that it is full. */
  readonly maxBacklog: number;
}

/**
 * Reads the settings; the only place which looks at the environment.
 *
 * @throws ConfigError which lists every wrong setting, what is wrong with it, and an example
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(isSet));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw ConfigError.from(parsed.error.issues);
  }
  return Object.freeze(toConfig(parsed.data));
}

/**
 * Names that begin with `VEDETTE_` but set nothing, for a warning at start: nearly always a slip of the keyboard.
 * Not refused, because people keep secrets for alerts as code in variables of their own.
 */
export function unknownSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  return Object.keys(environment).filter(
    (name) =>
      name.startsWith("VEDETTE_") && !name.startsWith("VEDETTE_TEST_") && !(name in environmentSchema.shape),
  );
}

/**
 * `NAME=` in a compose file means: not set. Kubernetes gives every container the address of a service called
 * `vedette` as VEDETTE_PORT=tcp://…, which is not meant for us either.
 */
function isSet([name, value]: readonly [string, string | undefined]): boolean {
  return (
    value !== undefined && value.trim() !== "" && !(name === "VEDETTE_PORT" && value.startsWith("tcp://"))
  );
}

function toConfig(set: Environment): Config {
  const dataDir = resolve(set.VEDETTE_DATA_DIR);
  const below = (path: string): string => (isAbsolute(path) ? path : resolve(path));
  return {
    host: set.VEDETTE_HOST,
    port: set.VEDETTE_PORT,
    dataDir,
    databaseUrl: databaseUrl(set.VEDETTE_DATABASE_URL, dataDir),
    clickhouseUrl: set.VEDETTE_CLICKHOUSE_URL ?? null,
    queuePath: below(set.VEDETTE_QUEUE_URL ?? join(dataDir, "queue.sqlite")),
    blobDir: below(set.VEDETTE_BLOB_URL ?? join(dataDir, "blobs")),
    publicUrl: set.VEDETTE_PUBLIC_URL ?? `http://${reachableHost(set.VEDETTE_HOST)}:${set.VEDETTE_PORT}`,
    adminEmail: set.VEDETTE_ADMIN_EMAIL ?? null,
    adminPassword: set.VEDETTE_ADMIN_PASSWORD ?? null,
    bootstrapKey: set.VEDETTE_BOOTSTRAP_KEY ?? null,
    bootstrapToken: set.VEDETTE_BOOTSTRAP_TOKEN ?? null,
    secretKeys: set.VEDETTE_SECRET_KEY ?? null,
    provisionPath: set.VEDETTE_PROVISION === undefined ? null : resolve(set.VEDETTE_PROVISION),
    allowPrivateHooks: set.VEDETTE_ALLOW_PRIVATE_HOOKS,
    discordApiUrl: set.VEDETTE_DISCORD_API,
    trustProxy: set.VEDETTE_TRUST_PROXY,
    logLevel: set.VEDETTE_LOG_LEVEL,
    maxBacklog: set.VEDETTE_MAX_BACKLOG,
  };
}

function databaseUrl(set: string | undefined, dataDir: string): string {
  if (set === undefined) {
    return `sqlite:${join(dataDir, "meta.sqlite")}`;
  }
  return set.startsWith("postgres") ? set : `sqlite:${resolve(set)}`;
}

/** A server that listens on every address is reached by this machine's own name for itself. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") {
    return "localhost";
  }
  return host.includes(":") ? `[${host}]` : host;
}
