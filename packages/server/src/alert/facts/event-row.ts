import type { EventFacts } from "../../domain/change.js";

/** Columns of `events` that facts are made of, for a SELECT; times in milliseconds, the payload last. */
export const eventColumns = `project_id AS projectId, primary_hash AS hash, event_id AS eventId,
  toUnixTimestamp64Milli(timestamp) AS at, toUnixTimestamp64Milli(received_at) AS receivedAt,
  type, level, platform, environment, release, title, message, exception_type AS exceptionType,
  exception_value AS exceptionValue, transaction, logger, handled, user_key AS userKey, user_id AS userId,
  user_email AS userEmail, user_username AS userUsername, user_ip AS userIp, sdk_name AS sdkName,
  http_method AS httpMethod, http_url AS httpUrl, tags`;

/** One row of such a SELECT. Without the payload, facts lack what only the whole stack tells. */
export interface EventRow {
  readonly projectId: number;
  readonly hash: string;
  readonly eventId: string;
  readonly at: number;
  readonly receivedAt: number;
  readonly type: string;
  readonly level: string;
  readonly platform: string;
  readonly environment: string;
  readonly release: string;
  readonly title: string;
  readonly message: string;
  readonly exceptionType: string;
  readonly exceptionValue: string;
  readonly transaction: string;
  readonly logger: string;
  readonly handled: number;
  readonly userKey: string;
  readonly userId: string;
  readonly userEmail: string;
  readonly userUsername: string;
  readonly userIp: string;
  readonly sdkName: string;
  readonly httpMethod: string;
  readonly httpUrl: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly payload?: string;
}

/** Makes the facts of a stored event, as process makes them of a fresh one. */
export function factsOfRow(row: EventRow): EventFacts {
  return {
    eventId: row.eventId,
    timestamp: row.at,
    receivedAt: row.receivedAt,
    level: row.level,
    platform: row.platform,
    environment: row.environment,
    release: row.release,
    userKey: row.userKey,
    tags: row.tags,
    attributes: { ...columnAttributes(row), ...payloadAttributes(row.payload) },
  };
}

function columnAttributes(row: EventRow): Record<string, readonly string[]> {
  const isHandled = row.handled === -1 ? row.exceptionType !== "" : row.handled === 1;
  const hasException = row.exceptionType !== "" || row.exceptionValue !== "";
  return present({
    message: [row.message, row.title],
    type: [row.type],
    platform: [row.platform],
    transaction: [row.transaction],
    logger: [row.logger],
    "exception.type": [row.exceptionType],
    "exception.value": [row.exceptionValue],
    "error.handled": hasException ? [String(isHandled)] : [],
    "error.unhandled": hasException ? [String(!isHandled)] : [],
    "user.id": [row.userId],
    "user.email": [row.userEmail],
    "user.username": [row.userUsername],
    "user.ip_address": [row.userIp],
    "http.method": [row.httpMethod],
    "http.url": [row.httpUrl],
    "sdk.name": [row.sdkName],
  });
}

interface StoredFrame {
  readonly context_line?: string;
  readonly module?: string;
  readonly filename?: string;
  readonly abs_path?: string;
  readonly package?: string;
  readonly function?: string;
}

/** The parts of the stored payload that have no column of their own. */
interface StoredPayload {
  readonly exception?: {
    readonly values?: readonly {
      readonly type?: string;
      readonly value?: string;
      readonly stacktrace?: { readonly frames?: readonly StoredFrame[] };
    }[];
  };
  readonly contexts?: {
    readonly response?: { readonly status_code?: number | string };
    readonly os?: { readonly distribution?: { readonly name?: string; readonly version?: string } };
  };
}

function payloadAttributes(payload: string | undefined): Record<string, readonly string[]> {
  if (payload === undefined || payload === "") return {};
  const { exception, contexts } = JSON.parse(payload) as StoredPayload;
  const exceptions = exception?.values ?? [];
  const frames = exceptions.flatMap(({ stacktrace }) => stacktrace?.frames ?? []);
  const status = contexts?.response?.status_code;
  return present({
    "exception.type": exceptions.map(({ type }) => type),
    "exception.value": exceptions.map(({ value }) => value),
    "http.status_code": [status === undefined ? undefined : String(status)],
    "os.distribution_name": [contexts?.os?.distribution?.name],
    "os.distribution_version": [contexts?.os?.distribution?.version],
    "stacktrace.code": frames.map((frame) => frame.context_line),
    "stacktrace.module": frames.map((frame) => frame.module),
    "stacktrace.filename": frames.map((frame) => frame.filename),
    "stacktrace.abs_path": frames.map((frame) => frame.abs_path),
    "stacktrace.package": frames.map((frame) => frame.package),
    "stacktrace.function": frames.map((frame) => frame.function),
  });
}

/** Leaves out repeats, what is absent, and attributes without a value. */
function present(values: Record<string, readonly (string | undefined)[]>): Record<string, readonly string[]> {
  const result: Record<string, readonly string[]> = {};
  for (const [name, list] of Object.entries(values)) {
    const some = [...new Set(list.filter((value): value is string => value !== undefined && value !== ""))];
    if (some.length > 0) result[name] = some;
  }
  return result;
}
