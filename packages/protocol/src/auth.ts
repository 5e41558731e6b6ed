import { isPublicKey, parseDsn } from "./dsn.js";

/** The only protocol version in use; SDKs that name none mean this one, and higher ones are refused. */
export const PROTOCOL_VERSION = 7;

/** Where a key was found. */
export type AuthSource = "x-sentry-auth" | "authorization" | "query" | "path" | "envelope";

/** `missing`: no source at all; `malformed`: a source without a usable key or version; `unsupported_version`: above 7. */
export type AuthErrorCode = "auth_missing" | "auth_malformed" | "auth_unsupported_version";

export interface AuthOk {
  readonly ok: true;
  /** Public key without its dotted flags. */
  readonly key: string;
  readonly version: number;
  /** SDK as `name/version`, when the source says so. */
  readonly client?: string;
  readonly source: AuthSource;
}

export interface AuthError {
  readonly ok: false;
  readonly code: AuthErrorCode;
  /** Safe to show to the sender: holds nothing that was sent. */
  readonly message: string;
}

export type AuthResult = AuthOk | AuthError;

export interface AuthInput {
  readonly xSentryAuth?: string | undefined;
  readonly authorization?: string | undefined;
  /** Query string with or without its question mark, or already parsed. */
  readonly query?: URLSearchParams | string | undefined;
  /** Key that stands in the path (cron, unreal). */
  readonly pathKey?: string | undefined;
  /** `dsn` of the envelope header. */
  readonly envelopeDsn?: string | undefined;
}

interface Fields {
  readonly key: string | undefined;
  readonly version: string | undefined;
  readonly client: string | undefined;
}

const SENTRY_SCHEME = /^sentry\s+/i;
const BASIC_SCHEME = /^basic\s+/i;
/** A key in Basic form must look like one, for a proxy's own user name may arrive in the same header. */
const BASIC_USER = /^[0-9a-f]{32}$/i;

/**
 * Finds the project key of a request in any of the places SDKs use: `X-Sentry-Auth`, `Authorization`
 * (`Sentry …` or `Basic …`), the query, the path, the DSN of the envelope header, in this order.
 *
 * The first source that parses wins, so a broken or foreign header beside a good one does no harm (upstream
 * refuses several sources). When none parses, returns the first fault found; never throws.
 */
export function readAuth(input: AuthInput): AuthResult {
  let fault: AuthError | null = null;
  for (const read of SOURCES) {
    const result = read(input);
    if (result?.ok === true) return result;
    fault ??= result;
  }
  return (
    fault ?? {
      ok: false,
      code: "auth_missing",
      message: "no authentication found in headers, query or envelope",
    }
  );
}

const SOURCES: readonly ((input: AuthInput) => AuthResult | null)[] = [
  (input) => parseAuthHeader(input.xSentryAuth),
  (input) => parseAuthHeader(input.authorization, "authorization"),
  (input) => fromQuery(input.query),
  (input) => fromPath(input.pathKey),
  (input) => fromEnvelopeDsn(input.envelopeDsn),
];

/**
 * Reads `Sentry key=value, key=value, …`, or for `Authorization` also `Basic base64(key:anything)`.
 *
 * Returns null when the header is absent or of another scheme (a proxy's bearer token, say), an error value
 * when it is ours but unusable. Unknown pairs are passed over.
 */
export function parseAuthHeader(
  value: string | undefined,
  source: "x-sentry-auth" | "authorization" = "x-sentry-auth",
): AuthResult | null {
  if (value === undefined) return null;
  const text = value.trim();
  if (source === "authorization" && BASIC_SCHEME.test(text)) return fromBasic(text.replace(BASIC_SCHEME, ""));
  if (!SENTRY_SCHEME.test(text)) return null;
  const pairs = new Map<string, string>();
  for (const pair of text.replace(SENTRY_SCHEME, "").split(",")) {
    const at = pair.indexOf("=");
    if (at > 0) pairs.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return check(
    {
      key: pairs.get("sentry_key"),
      version: pairs.get("sentry_version"),
      client: pairs.get("sentry_client"),
    },
    source,
  );
}

function fromBasic(encoded: string): AuthResult | null {
  const [user = ""] = Buffer.from(encoded, "base64").toString("latin1").split(":", 1);
  return BASIC_USER.test(user)
    ? check({ key: user, version: undefined, client: undefined }, "authorization")
    : null;
}

function fromQuery(query: URLSearchParams | string | undefined): AuthResult | null {
  if (query === undefined || (typeof query === "string" && !query.includes("sentry_"))) return null;
  const params = typeof query === "string" ? new URLSearchParams(query) : query;
  const key = params.get("sentry_key") ?? undefined;
  const version = params.get("sentry_version") ?? undefined;
  // sentry_release and its like appear without credentials, for example on security reports with a key in the path.
  if (key === undefined && version === undefined) return null;
  return check({ key, version, client: params.get("sentry_client") ?? undefined }, "query");
}

function fromPath(key: string | undefined): AuthResult | null {
  return key === undefined ? null : check({ key, version: undefined, client: undefined }, "path");
}

function fromEnvelopeDsn(text: string | undefined): AuthResult | null {
  if (text === undefined) return null;
  const dsn = parseDsn(text);
  if (dsn === null) return malformed("the dsn of the envelope header cannot be read");
  return check({ key: dsn.publicKey, version: undefined, client: undefined }, "envelope");
}

function check(fields: Fields, source: AuthSource): AuthResult {
  const [key = ""] = (fields.key ?? "").split(".", 1);
  if (!isPublicKey(key)) return malformed("sentry_key is missing or malformed");
  const version = readVersion(fields.version);
  if (version === null) return malformed("sentry_version is not a number");
  if (version > PROTOCOL_VERSION) {
    return {
      ok: false,
      code: "auth_unsupported_version",
      message: `protocol version above ${PROTOCOL_VERSION}`,
    };
  }
  const client = fields.client === undefined || fields.client === "" ? {} : { client: fields.client };
  return { ok: true, key, version, ...client, source };
}

function readVersion(text: string | undefined): number | null {
  if (text === undefined) return PROTOCOL_VERSION;
  return /^\d{1,9}(?:\.|$)/.test(text) ? Number.parseInt(text, 10) : null;
}

function malformed(message: string): AuthError {
  return { ok: false, code: "auth_malformed", message };
}
