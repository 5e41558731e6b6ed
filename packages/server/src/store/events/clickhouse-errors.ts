import { ClickHouseError } from "@clickhouse/client";
import { EventStoreError, type EventStoreErrorKind } from "./event-store-error.js";

// https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
const KIND_BY_CODE: ReadonlyMap<number, EventStoreErrorKind> = new Map([
  // Values which do not fit their column, or lines which are no JSON.
  ...[6, 25, 26, 27, 31, 33, 38, 41, 53, 69, 70, 72, 117, 130, 131, 321, 349, 376, 407, 441, 675, 676].map(
    (code) => [code, "bad_row"] as const,
  ),
  [159, "timeout"],
  [160, "timeout"],
  [158, "over_limit"],
  [307, "over_limit"],
  [396, "over_limit"],
  // Too many queries, memory, read-only replica, disk full, too many parts, operating system, disk quota.
  ...[202, 241, 242, 243, 252, 425, 745].map((code) => [code, "overloaded"] as const),
  // Network, unknown state of an insert, shutting down, keeper.
  ...[209, 210, 236, 319, 999].map((code) => [code, "unavailable"] as const),
  [394, "aborted"],
]);

// Said before the request can have reached an engine, so repeating it is safe whatever it does.
const NEVER_SENT = /ECONNREFUSED|ENOENT|ENOTFOUND|EAI_AGAIN/;

/** What a failed call was, and whose signal it carried. */
export interface FailedCall {
  readonly isInsert: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Turns whatever `@clickhouse/client` threw into the store's own error.
 *
 * @returns an EventStoreError with the engine's code where it has answered; the cause is kept
 */
export function toEventStoreError(error: unknown, call: FailedCall): EventStoreError {
  if (error instanceof EventStoreError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (call.signal?.aborted === true) {
    return new EventStoreError("aborted", "aborted by the caller", { cause: error });
  }
  if (error instanceof ClickHouseError) {
    return fromExceptionCode(error, call);
  }
  if (message.includes("Timeout error")) {
    // For an insert the outcome is unknown, and repeating it under its token is right.
    return new EventStoreError(call.isInsert ? "unavailable" : "timeout", message, { cause: error });
  }
  // Anything else without an exception code is no ClickHouse answer: a broken connection or a proxy's error page.
  return new EventStoreError("unavailable", message, { cause: error });
}

/** @returns true when the failure came before anything was sent, so that any statement may be repeated */
export function wasNeverSent(error: EventStoreError): boolean {
  return NEVER_SENT.test(errorCodeOf(error.cause));
}

function fromExceptionCode(error: ClickHouseError, call: FailedCall): EventStoreError {
  const code = Number(error.code);
  const kind = KIND_BY_CODE.get(code) ?? "rejected";
  const row = /\(at row (\d+)\)/.exec(error.message)?.[1];
  // A SELECT may fail to parse a value too, but there it is the statement which is wrong.
  const effective = kind === "bad_row" && !call.isInsert ? "rejected" : kind;
  return new EventStoreError(effective, error.message, {
    code,
    cause: error,
    ...(row === undefined || effective !== "bad_row" ? {} : { row: Number(row) }),
  });
}

function errorCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
