import type { RateLimit } from "@vedette/protocol";

/** Every way the edge says no: HTTP status and detail as SDKs know them (ingest sheet 2.3, 3.6). */
const refusals = {
  bad_project: { status: 400, detail: "bad project path parameter" },
  bad_event_id: { status: 400, detail: "invalid event id" },
  unsupported_version: { status: 400, detail: "unsupported protocol version" },
  empty_body: { status: 400, detail: "empty request body" },
  invalid_body: { status: 400, detail: "invalid request body" },
  invalid_json: { status: 400, detail: "invalid JSON data" },
  invalid_envelope: { status: 400, detail: "invalid event envelope" },
  invalid_multipart: { status: 400, detail: "invalid multipart data" },
  invalid_minidump: { status: 400, detail: "invalid minidump" },
  missing_minidump: { status: 400, detail: "missing minidump" },
  invalid_check_in: { status: 400, detail: "invalid check-in" },
  auth_missing: { status: 401, detail: "missing authorization information" },
  auth_malformed: { status: 401, detail: "malformed authorization information" },
  rejected: { status: 403, detail: "event submission rejected with_reason: ProjectId" },
  rejected_origin: { status: 403, detail: "event submission rejected with_reason: Cors" },
  method: { status: 405, detail: "method not allowed" },
  too_large: { status: 413, detail: "envelope exceeded size limits" },
  unsupported_encoding: { status: 415, detail: "unsupported content encoding" },
  unsupported_media: { status: 415, detail: "unsupported media type" },
  busy: { status: 429, detail: "the server is catching up, try again later" },
  internal: { status: 500, detail: "internal error" },
  queue_failed: { status: 503, detail: "failed to queue envelope" },
} as const;

export type RefusalCode = keyof typeof refusals;

export interface RefusalExtras {
  /** Replaces the code's usual text. Safe to show: holds nothing that was sent. */
  readonly detail?: string;
  readonly causes?: readonly string[];
  /** Told to the sender in `X-Sentry-Rate-Limits` and `Retry-After`. */
  readonly limits?: readonly RateLimit[];
}

/** A request that is not accepted. A value, not an exception: refusing is everyday work. */
export class Refusal {
  readonly code: RefusalCode;
  readonly status: number;
  readonly detail: string;
  readonly causes: readonly string[];
  readonly limits: readonly RateLimit[];

  constructor(code: RefusalCode, extras: RefusalExtras = {}) {
    this.code = code;
    this.status = refusals[code].status;
    this.detail = extras.detail ?? refusals[code].detail;
    this.causes = extras.causes ?? [];
    this.limits = extras.limits ?? [];
  }
}

/** Refuses the whole request because of one kind of content, named as SDKs log it (ingest sheet 3.6). */
export function tooLargeRefusal(what: string): Refusal {
  return new Refusal("too_large", {
    detail: `envelope exceeded size limits for type '${what}' (https://develop.sentry.dev/sdk/foundations/transport/envelopes/#size-limits)`,
  });
}

/** Refuses because too much waits already; SDKs pause every category for the given seconds. */
export function busyRefusal(retrySeconds: number): Refusal {
  return new Refusal("busy", {
    limits: [
      { retryAfterSeconds: retrySeconds, categories: [], scope: "organization", reasonCode: "backlog" },
    ],
  });
}
