/**
 * What went wrong, as far as the caller's next step depends on it.
 *
 * - `bad_row`: a row of the batch cannot be stored; without it the rest can.
 * - `rejected`: the statement is wrong (syntax, unknown table or column, not permitted); the same again fails again.
 * - `timeout`: it took longer than allowed.
 * - `over_limit`: the result is larger than allowed.
 * - `overloaded`: no memory, no disk, too many queries or parts; later it may work.
 * - `unavailable`: the engine does not answer; later it may work.
 * - `aborted`: the caller's signal fired, or someone stopped the query.
 */
export type EventStoreErrorKind =
  | "bad_row"
  | "rejected"
  | "timeout"
  | "over_limit"
  | "overloaded"
  | "unavailable"
  | "aborted";

/** Details of an {@link EventStoreError}. */
export interface EventStoreErrorDetails {
  /** ClickHouse's exception code, where the engine has answered. */
  readonly code?: number;
  /** 1-based line of the batch which was refused, where the engine names it. */
  readonly row?: number;
  readonly cause?: unknown;
}

/** The only error which leaves the event store. `message` may quote data and is for the log, not for pages. */
export class EventStoreError extends Error {
  override readonly name = "EventStoreError";
  readonly kind: EventStoreErrorKind;
  readonly code: number | undefined;
  readonly row: number | undefined;

  constructor(kind: EventStoreErrorKind, message: string, details: EventStoreErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.code = details.code;
    this.row = details.row;
  }

  /** True when the same call may succeed later without change. */
  get retryable(): boolean {
    return this.kind === "overloaded" || this.kind === "unavailable";
  }
}
