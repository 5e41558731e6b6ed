import type { ExceptionValue, Frame, Stacktrace, Thread } from "./event-stack.js";
import type { Json, JsonObject } from "./json.js";

/*
 * The normalised event: the shape the server stores and the web page reads. Names are those of the wire
 * (https://develop.sentry.dev/sdk/data-model/event-payloads/), so that a stored event reads like the one sent;
 * the many lenient forms of each part have been brought to the one form stated here.
 */

/** Levels from least to most severe. */
export const LEVELS = ["debug", "info", "warning", "error", "fatal"] as const;

export type Level = (typeof LEVELS)[number];

/** What an event is, decided by the server. */
export const EVENT_TYPES = [
  "default",
  "error",
  "transaction",
  "csp",
  "hpkp",
  "expectct",
  "expectstaple",
  "nel",
  "feedback",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** A list in the form every lenient input is brought to. */
export interface Values<T> {
  readonly values: readonly T[];
}

export interface LogEntry {
  /** Template, with placeholders. */
  readonly message?: string | undefined;
  /** What a person reads. */
  readonly formatted?: string | undefined;
  readonly params?: readonly Json[] | JsonObject | undefined;
}

export interface Breadcrumb {
  /** Seconds since 1970. */
  readonly timestamp?: number | undefined;
  readonly type?: string | undefined;
  readonly category?: string | undefined;
  readonly level?: Level | undefined;
  readonly message?: string | undefined;
  readonly data?: JsonObject | undefined;
  readonly event_id?: string | undefined;
  readonly origin?: string | undefined;
}

export interface Geo {
  readonly country_code?: string | undefined;
  readonly city?: string | undefined;
  readonly subdivision?: string | undefined;
  readonly region?: string | undefined;
}

export interface User {
  readonly id?: string | undefined;
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly ip_address?: string | undefined;
  readonly geo?: Geo | undefined;
  readonly segment?: string | undefined;
  /** Everything else the sender put into the user. */
  readonly data?: JsonObject | undefined;
}

export interface Request {
  /** Without query and fragment. */
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  readonly query_string?: readonly (readonly [string, string])[] | undefined;
  readonly fragment?: string | undefined;
  readonly headers?: readonly (readonly [string, string])[] | undefined;
  readonly cookies?: readonly (readonly [string, string])[] | undefined;
  readonly data?: Json | undefined;
  readonly inferred_content_type?: string | undefined;
  readonly env?: JsonObject | undefined;
  readonly body_size?: number | undefined;
  readonly protocol?: string | undefined;
  readonly api_target?: string | undefined;
}

export interface Sdk {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly integrations?: readonly string[] | undefined;
  readonly packages?:
    | readonly { readonly name?: string | undefined; readonly version?: string | undefined }[]
    | undefined;
  readonly features?: readonly string[] | undefined;
  readonly settings?: { readonly infer_ip?: string | undefined } | undefined;
  readonly client_ip?: string | undefined;
}

export interface DebugImage {
  /** `sourcemap`, `elf`, `macho`, `pe`, `wasm`, `jvm`, … */
  readonly type: string;
  readonly debug_id?: string | undefined;
  /** For source maps the URL of the minified file. */
  readonly code_file?: string | undefined;
  readonly code_id?: string | undefined;
  readonly debug_file?: string | undefined;
  readonly arch?: string | undefined;
  readonly image_addr?: string | undefined;
  readonly image_size?: number | undefined;
  readonly image_vmaddr?: string | undefined;
  readonly [key: string]: Json | undefined;
}

export interface DebugMeta {
  readonly images?: readonly DebugImage[] | undefined;
  readonly sdk_info?: JsonObject | undefined;
}

/** The `trace` context; other contexts are free objects. */
export interface TraceContextValues extends JsonContext {
  readonly trace_id?: string | undefined;
  readonly span_id?: string | undefined;
  readonly parent_span_id?: string | undefined;
  readonly op?: string | undefined;
  readonly status?: string | undefined;
  readonly origin?: string | undefined;
}

/** A context: a free object which says its own type. */
export interface JsonContext {
  readonly type?: string | undefined;
  readonly [key: string]: Json | undefined;
}

export interface Contexts {
  readonly trace?: TraceContextValues | undefined;
  readonly [name: string]: JsonContext | undefined;
}

/** A span inside a transaction. Times are seconds since 1970. */
export interface EventSpan {
  readonly span_id: string;
  readonly trace_id?: string | undefined;
  readonly parent_span_id?: string | undefined;
  readonly op?: string | undefined;
  readonly description?: string | undefined;
  readonly status?: string | undefined;
  readonly origin?: string | undefined;
  readonly start_timestamp: number;
  readonly timestamp: number;
  readonly data?: JsonObject | undefined;
  readonly tags?: JsonObject | undefined;
}

export interface Measurement {
  readonly value: number;
  readonly unit?: string | undefined;
}

/** Something the server found wrong or changed while reading the event. */
export interface ProcessingError {
  readonly type: string;
  readonly name?: string | undefined;
  readonly value?: Json | undefined;
}

export interface NormalisedEvent {
  /** 32 lower-case hex characters. */
  readonly event_id: string;
  /** Seconds since 1970; for transactions the end. */
  readonly timestamp: number;
  /** Seconds since 1970; transactions only. */
  readonly start_timestamp?: number | undefined;
  /** Seconds since 1970 by the server's clock. */
  readonly received: number;
  readonly type: EventType;
  readonly level?: Level | undefined;
  readonly platform?: string | undefined;
  readonly logger?: string | undefined;
  readonly transaction?: string | undefined;
  readonly transaction_info?:
    | { readonly source?: string | undefined; readonly original?: string | undefined }
    | undefined;
  readonly release?: string | undefined;
  readonly dist?: string | undefined;
  readonly environment?: string | undefined;
  readonly server_name?: string | undefined;
  readonly culprit?: string | undefined;
  readonly logentry?: LogEntry | undefined;
  /** Oldest first: the last one is the one raised. */
  readonly exception?: Values<ExceptionValue> | undefined;
  readonly stacktrace?: Stacktrace | undefined;
  readonly threads?: Values<Thread> | undefined;
  /** Where a template engine failed; sent by old Django clients. */
  readonly template?: Frame | undefined;
  /** Oldest first. */
  readonly breadcrumbs?: Values<Breadcrumb> | undefined;
  /** Each key once. */
  readonly tags?: readonly (readonly [key: string, value: string])[] | undefined;
  readonly user?: User | undefined;
  readonly request?: Request | undefined;
  readonly contexts?: Contexts | undefined;
  readonly extra?: JsonObject | undefined;
  readonly modules?: { readonly [name: string]: string } | undefined;
  readonly fingerprint?: readonly string[] | undefined;
  /** Grouping override of old clients. */
  readonly checksum?: string | undefined;
  /** Parsed security report, for the event type of the same name. */
  readonly csp?: JsonObject | undefined;
  readonly hpkp?: JsonObject | undefined;
  readonly expectct?: JsonObject | undefined;
  readonly expectstaple?: JsonObject | undefined;
  readonly sdk?: Sdk | undefined;
  readonly debug_meta?: DebugMeta | undefined;
  readonly spans?: readonly EventSpan[] | undefined;
  readonly measurements?: { readonly [name: string]: Measurement } | undefined;
  readonly errors?: readonly ProcessingError[] | undefined;
  /** Parallel tree of remarks on what was cut or removed, the sender's own included. */
  readonly _meta?: JsonObject | undefined;
}
