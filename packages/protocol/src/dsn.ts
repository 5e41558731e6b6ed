/**
 * The parts of a data source name, `{scheme}://{publicKey}[:{secret}]@{host}[:{port}]{path}/{projectId}`
 * (https://develop.sentry.dev/sdk/foundations/transport/authentication/).
 */
export interface Dsn {
  readonly scheme: "http" | "https";
  readonly publicKey: string;
  /** Obsolete; some SDKs still send it. Never checked. */
  readonly secret?: string;
  /** Name or address without port; an IPv6 address keeps its brackets. */
  readonly host: string;
  readonly port?: number;
  /** What precedes `/api/…` in every URL: empty, or starting with a slash and without one at the end. */
  readonly path: string;
  /** Decimal text: ids may exceed what a number holds exactly. */
  readonly projectId: string;
}

/** Far above any real DSN; keeps hostile header text away from the regular expression. */
const MAX_DSN_LENGTH = 2048;
const MAX_PORT = 65_535;
const MAX_PROJECT_ID = 18_446_744_073_709_551_615n;

const DSN =
  /^(https?):\/\/([\w-]{1,64})(?::([^@/]*))?@(\[[0-9a-f:.]+\]|[^\s:/?#@[\]]+)(?::(\d{1,5}))?((?:\/[^\s?#]*)?)\/(\d+)$/i;

/** True for a project id as it may stand in a path: an unsigned 64-bit decimal that does not start with 0. */
export function isProjectId(text: string): boolean {
  return /^[1-9]\d{0,19}$/.test(text) && (text.length < 20 || BigInt(text) <= MAX_PROJECT_ID);
}

/** True for text that may be a public key: word characters, up to 64. Says nothing about whether the key exists. */
export function isPublicKey(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}

/** Reads a DSN; returns null when it is not one (other scheme, no key, project id not a number, port out of range). */
export function parseDsn(text: string): Dsn | null {
  if (text.length > MAX_DSN_LENGTH) return null;
  const match = DSN.exec(text.trim());
  if (match === null) return null;
  const [, scheme = "", publicKey = "", secret, host = "", portText, path = "", projectId = ""] = match;
  const port = portText === undefined ? undefined : Number(portText);
  if (!isProjectId(projectId) || (port !== undefined && (port < 1 || port > MAX_PORT))) return null;
  return {
    scheme: scheme.toLowerCase() === "https" ? "https" : "http",
    publicKey,
    ...(secret === undefined ? {} : { secret }),
    host,
    ...(port === undefined ? {} : { port }),
    path: path.replace(/\/+$/, ""),
    projectId,
  };
}

/** Writes the DSN text; the inverse of `parseDsn`. Parts are taken as they are, without checks. */
export function formatDsn(dsn: Dsn): string {
  const secret = dsn.secret === undefined ? "" : `:${dsn.secret}`;
  const port = dsn.port === undefined ? "" : `:${dsn.port}`;
  return `${dsn.scheme}://${dsn.publicKey}${secret}@${dsn.host}${port}${dsn.path}/${dsn.projectId}`;
}

/**
 * True when a DSN names this project and key. An envelope which carries a DSN beside other credentials must
 * name the same ones (https://github.com/getsentry/relay, relay-server/src/extractors/request_meta.rs).
 */
export function dsnMatches(
  dsn: Dsn,
  expected: { readonly projectId: string; readonly publicKey: string },
): boolean {
  return dsn.projectId === expected.projectId && dsn.publicKey === expected.publicKey;
}
