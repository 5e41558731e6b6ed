import { isProjectId, readAuth } from "@vedette/protocol";
import type { AuthError, AuthOk, AuthResult } from "@vedette/protocol";
import { isOriginAllowed } from "./allowed-origin.js";
import { headerText } from "./ingest-request.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestContext } from "./ingest-context.js";
import type { KnownKey } from "./project-keys.js";
import { Refusal, busyRefusal } from "./refusal.js";

/** Who sends: an active key, and what is kept of the HTTP request. */
export interface Sender {
  readonly key: KnownKey;
  /** SDK as `name/version`; empty when its auth does not say. */
  readonly client: string;
  readonly clientIp: string;
  readonly userAgent: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

const maxClientLength = 200;
const maxUserAgentLength = 512;
const maxAddressLength = 64;
const oneRequest = { category: "default", quantity: 1 } as const;

/**
 * Finds the key in headers, query or path. An envelope's own DSN is the caller's last resort when the result is
 * `auth_missing`.
 */
export function identify(request: IngestRequest, envelopeDsn?: string): AuthResult {
  return readAuth({
    xSentryAuth: headerText(request.headers, "x-sentry-auth"),
    authorization: request.headers.authorization,
    query: request.query,
    pathKey: request.params["key"],
    envelopeDsn,
  });
}

/** The refusal for a request without a usable key. */
export function authRefusal({ code, message }: AuthError): Refusal {
  if (code === "auth_missing") return new Refusal("auth_missing");
  const kind = code === "auth_malformed" ? "auth_malformed" : "unsupported_version";
  return new Refusal(kind, { causes: [message] });
}

/** The project id of the path; undefined where the endpoint has none (`/api/store/`), a refusal when it is no id. */
function projectIdOf(request: IngestRequest): number | undefined | Refusal {
  const text = request.params["projectId"];
  if (text === undefined) return undefined;
  return isProjectId(text) ? Number(text) : new Refusal("bad_project");
}

/** Identifies and admits in one step: for all endpoints but the envelope's. */
export async function admitRequest(
  request: IngestRequest,
  context: IngestContext,
): Promise<Sender | Refusal> {
  const auth = identify(request);
  return auth.ok ? admit(auth, request, context) : authRefusal(auth);
}

/**
 * Lets a key in: it exists, is switched on, belongs to the project of the path, its origin may send, and there is room
 * in the queue.
 */
export async function admit(
  auth: AuthOk,
  request: IngestRequest,
  context: IngestContext,
): Promise<Sender | Refusal> {
  const projectId = projectIdOf(request);
  if (projectId instanceof Refusal) return projectId;
  const key = await context.projects.find(auth.key);
  if (key === null || (projectId !== undefined && key.projectId !== projectId))
    return new Refusal("rejected");
  const receivedAt = context.now();
  if (!key.active) {
    context.outcomes.add(key, oneRequest, { outcome: "invalid", reason: "project_state", at: receivedAt });
    return new Refusal("rejected");
  }
  if (!isOriginAllowed(request.headers, key.allowedDomains)) {
    context.outcomes.add(key, oneRequest, { outcome: "invalid", reason: "cors", at: receivedAt });
    return new Refusal("rejected_origin");
  }
  if (isBacklogged(context)) {
    // The body is not looked at, so what was in it is counted as one thing of no known category.
    context.outcomes.add(key, oneRequest, { outcome: "rate_limited", reason: "backlog", at: receivedAt });
    return busyRefusal(context.options.backlogRetrySeconds);
  }
  return {
    key,
    client: (auth.client ?? "").slice(0, maxClientLength),
    clientIp: request.clientIp.replace(/^::ffff:/i, "").slice(0, maxAddressLength),
    userAgent: (request.headers["user-agent"] ?? "").slice(0, maxUserAgentLength),
    receivedAt,
  };
}

function isBacklogged({ queue, options }: IngestContext): boolean {
  const { records, bytes } = queue.depth();
  return records >= options.maxBacklogRecords || bytes >= options.maxBacklogBytes;
}

/** Counts a refused request of an admitted sender and returns its refusal. */
export function refuseCounted(refusal: Refusal, sender: Sender, context: IngestContext): Refusal {
  const reason = invalidReasons[refusal.code];
  if (reason !== undefined) {
    context.outcomes.add(sender.key, oneRequest, { outcome: "invalid", reason, at: sender.receivedAt });
  } else if (refusal.code === "busy") {
    const at = sender.receivedAt;
    context.outcomes.add(sender.key, oneRequest, { outcome: "rate_limited", reason: "backlog", at });
  }
  return refusal;
}

/** Outcome reasons of the refusals that are the sender's fault and concern a project (ingest sheet 4.4). */
const invalidReasons: Partial<Record<Refusal["code"], string>> = {
  bad_event_id: "invalid_envelope",
  empty_body: "no_data",
  invalid_body: "invalid_compression",
  invalid_json: "invalid_json",
  invalid_envelope: "invalid_envelope",
  invalid_multipart: "invalid_multipart",
  invalid_minidump: "invalid_minidump",
  missing_minidump: "missing_minidump_upload",
  invalid_check_in: "payload",
  too_large: "too_large:envelope",
  unsupported_encoding: "invalid_compression",
  unsupported_media: "content_type",
};
