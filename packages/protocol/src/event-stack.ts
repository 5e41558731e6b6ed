import type { Json, JsonObject } from "./json.js";

/** A frame of a normalised stack trace. Lines and columns count from 1. */
export interface Frame {
  readonly filename?: string | undefined;
  readonly abs_path?: string | undefined;
  readonly function?: string | undefined;
  readonly raw_function?: string | undefined;
  readonly symbol?: string | undefined;
  readonly module?: string | undefined;
  readonly package?: string | undefined;
  readonly lineno?: number | undefined;
  readonly colno?: number | undefined;
  readonly context_line?: string | undefined;
  readonly pre_context?: readonly string[] | undefined;
  readonly post_context?: readonly string[] | undefined;
  readonly in_app?: boolean | undefined;
  readonly vars?: JsonObject | undefined;
  readonly platform?: string | undefined;
  readonly instruction_addr?: string | undefined;
  readonly symbol_addr?: string | undefined;
  readonly image_addr?: string | undefined;
  readonly addr_mode?: string | undefined;
  readonly trust?: string | undefined;
  readonly stack_start?: boolean | undefined;
  /** What symbolication did: `sourcemap`, `orig_filename`, `orig_lineno`, … */
  readonly data?: JsonObject | undefined;
}

export interface Stacktrace {
  /** Oldest first: the last frame is where it happened. */
  readonly frames: readonly Frame[];
  readonly registers?: { readonly [name: string]: string } | undefined;
  readonly lang?: string | undefined;
}

export interface Mechanism {
  readonly type: string;
  /** False: nobody caught it. */
  readonly handled?: boolean | undefined;
  readonly synthetic?: boolean | undefined;
  readonly description?: string | undefined;
  readonly help_link?: string | undefined;
  readonly data?: JsonObject | undefined;
  readonly meta?: JsonObject | undefined;
  readonly source?: string | undefined;
  readonly exception_id?: number | undefined;
  readonly parent_id?: number | undefined;
  readonly is_exception_group?: boolean | undefined;
}

/** At least one of `type` and `value` is present. */
export interface ExceptionValue {
  readonly type?: string | undefined;
  readonly value?: string | undefined;
  readonly module?: string | undefined;
  readonly thread_id?: string | number | undefined;
  readonly stacktrace?: Stacktrace | undefined;
  /** The trace before symbolication. */
  readonly raw_stacktrace?: Stacktrace | undefined;
  readonly mechanism?: Mechanism | undefined;
}

export interface Thread {
  readonly id?: string | number | undefined;
  readonly name?: string | undefined;
  readonly crashed?: boolean | undefined;
  readonly current?: boolean | undefined;
  readonly main?: boolean | undefined;
  readonly state?: string | undefined;
  readonly held_locks?: { readonly [address: string]: Json } | undefined;
  readonly stacktrace?: Stacktrace | undefined;
}
