/*
 * What v1 reads of an event, and nothing more. It is written down here, not imported from the protocol package,
 * so that the protocol may grow without anyone wondering whether old issues still keep their hashes.
 * `NormalisedEvent` fits it; rules of each field: https://develop.sentry.dev/sdk/data-model/event-payloads/
 */

export interface FrameShape {
  readonly filename?: string | null | undefined;
  readonly abs_path?: string | null | undefined;
  readonly function?: string | null | undefined;
  readonly module?: string | null | undefined;
  readonly package?: string | null | undefined;
  readonly context_line?: string | null | undefined;
  readonly in_app?: boolean | null | undefined;
  readonly platform?: string | null | undefined;
  readonly lineno?: number | null | undefined;
  readonly instruction_addr?: string | number | null | undefined;
  readonly image_addr?: string | number | null | undefined;
}

/** Frames are oldest first: the last one is where it happened. */
export interface StackShape {
  readonly frames?: readonly (FrameShape | null)[] | null | undefined;
}

interface MechanismShape {
  readonly synthetic?: boolean | null | undefined;
  readonly source?: string | null | undefined;
  readonly exception_id?: number | null | undefined;
  readonly parent_id?: number | null | undefined;
  readonly is_exception_group?: boolean | null | undefined;
}

export interface ExceptionShape {
  readonly type?: string | null | undefined;
  readonly value?: string | null | undefined;
  readonly module?: string | null | undefined;
  readonly stacktrace?: StackShape | null | undefined;
  readonly mechanism?: MechanismShape | null | undefined;
}

interface ThreadShape {
  readonly crashed?: boolean | null | undefined;
  readonly current?: boolean | null | undefined;
  readonly stacktrace?: StackShape | null | undefined;
}

export interface LogEntryShape {
  readonly message?: string | null | undefined;
  readonly formatted?: string | null | undefined;
  readonly params?: unknown;
}

interface ListOf<T> {
  readonly values?: readonly (T | null)[] | null | undefined;
}

export interface GroupableEvent {
  readonly type?: string | null | undefined;
  readonly platform?: string | null | undefined;
  readonly level?: string | null | undefined;
  readonly logger?: string | null | undefined;
  readonly transaction?: string | null | undefined;
  readonly environment?: string | null | undefined;
  readonly release?: string | null | undefined;
  readonly logentry?: LogEntryShape | null | undefined;
  /** Oldest first: the last one is the one raised. */
  readonly exception?: ListOf<ExceptionShape> | null | undefined;
  readonly threads?: ListOf<ThreadShape> | null | undefined;
  readonly stacktrace?: StackShape | null | undefined;
  readonly tags?: readonly (readonly [key: string, value: string])[] | null | undefined;
  readonly fingerprint?: readonly unknown[] | null | undefined;
  readonly checksum?: string | null | undefined;
  /** Where a template engine failed; sent by old Django clients. */
  readonly template?: FrameShape | null | undefined;
  readonly csp?: unknown;
}

/** What every list of the event is read with: absent lists are empty, null entries are left out. */
export function presentValues<T>(list: ListOf<T> | null | undefined): T[] {
  const values = list?.values;
  return Array.isArray(values)
    ? values.filter((value): value is T => value !== null && value !== undefined)
    : [];
}

/** The frames of a stack without null entries; empty when there is no stack. */
export function presentFrames(stack: StackShape | null | undefined): FrameShape[] {
  const frames = stack?.frames;
  return Array.isArray(frames)
    ? frames.filter((frame): frame is FrameShape => frame !== null && frame !== undefined)
    : [];
}
