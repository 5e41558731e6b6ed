import { setTimeout as sleep } from "node:timers/promises";
import { toEventStoreError } from "./clickhouse-errors.js";
import { EventStoreError } from "./event-store-error.js";

/** How {@link retrying} treats failures. */
export interface RetryOptions {
  /** Ends waiting and attempts: the caller's signal, a deadline, or both. */
  readonly signal: AbortSignal;
  /** The caller's own part of `signal`; absent when `signal` is only a deadline. */
  readonly callerSignal: AbortSignal | undefined;
  readonly isInsert: boolean;
  mayRetry(error: EventStoreError): boolean;
}

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 500;

/**
 * Repeats a call until it succeeds, fails for a reason `mayRetry` refuses, or the signal fires.
 *
 * Waits 50 ms, then twice as long each time up to 0.5 s: the embedded engine is back after 0.2-0.4 s.
 *
 * @throws EventStoreError of the last attempt; `aborted` when the caller's signal ended it
 */
export async function retrying<T>(send: () => Promise<T>, options: RetryOptions): Promise<T> {
  let delayMs = FIRST_DELAY_MS;
  let lastError: EventStoreError | undefined;
  for (;;) {
    try {
      return await send();
    } catch (cause) {
      const error = describeFailure(cause, options, lastError);
      if (options.signal.aborted || !options.mayRetry(error)) {
        throw error;
      }
      lastError = error;
    }
    await pause(delayMs, options.signal);
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
  }
}

function describeFailure(
  cause: unknown,
  options: RetryOptions,
  lastError?: EventStoreError,
): EventStoreError {
  const { signal, callerSignal, isInsert } = options;
  if (!signal.aborted || callerSignal?.aborted === true) {
    return toEventStoreError(cause, { isInsert, signal: callerSignal });
  }
  if (isInsert) {
    const reason = lastError === undefined ? "no answer" : lastError.message;
    return new EventStoreError("unavailable", `not stored within the time allowed: ${reason}`, { cause });
  }
  return new EventStoreError("timeout", "no answer within the time allowed", { cause });
}

/** An early end is no error here: the next attempt fails at once on the same signal and says why. */
async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await sleep(delayMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) {
      throw error;
    }
  });
}
