/** What goes wrong: an error status, no answer at all, a cut connection, a 429, or a late answer. */
export const FAULT_KINDS = ["status", "hang", "reset", "rate_limit", "slow"] as const;

/** A fault to put in the way of calls. */
export interface FaultRequest {
  /** A webhook's id, a channel's id or name, or `*` for every call. Default `*`. */
  readonly target?: string;
  readonly kind: (typeof FAULT_KINDS)[number];
  /** For `status`: the HTTP status. Default 500. */
  readonly status?: number;
  /** For `status`: the JSON error code of the body. Default 0. */
  readonly code?: number;
  /** For `status`: the message of the body. */
  readonly message?: string;
  /** For `rate_limit`: seconds, decimals allowed. Default 1. */
  readonly retryAfter?: number;
  /** For `rate_limit`: whether the limit holds for every route. Default false. */
  readonly global?: boolean;
  /** How many calls it hits; until it is removed when absent. */
  readonly times?: number;
  /** Milliseconds to wait first. Default 0; for `slow` 1000. */
  readonly afterMs?: number;
  /** The message is saved and only the answer goes wrong. Default false. */
  readonly saveFirst?: boolean;
}

/** A fault in force. */
export interface Fault extends FaultRequest {
  readonly id: string;
  readonly target: string;
  /** Calls left to hit; Infinity travels as null in JSON. */
  timesLeft: number;
}

/** The faults in force, the oldest first; the oldest that fits a call hits it. */
export class Faults {
  #faults: Fault[] = [];
  #made = 0;

  /** All faults which are still in force. */
  get all(): readonly Fault[] {
    return this.#faults;
  }

  /** Puts a fault in force and returns it with its id. */
  inject(request: FaultRequest): Fault {
    this.#made += 1;
    const fault = {
      ...request,
      id: String(this.#made),
      target: request.target ?? "*",
      timesLeft: request.times ?? Number.POSITIVE_INFINITY,
    };
    this.#faults.push(fault);
    return fault;
  }

  /** The fault that hits a call known under these keys, if any. Uses one of its times up. */
  take(keys: readonly (string | undefined)[]): Fault | undefined {
    const fault = this.#faults.find(({ target }) => target === "*" || keys.includes(target));
    if (!fault) return undefined;
    fault.timesLeft -= 1;
    if (fault.timesLeft <= 0) this.#faults = this.#faults.filter((each) => each !== fault);
    return fault;
  }

  /** Removes faults by id, by target, or all of them; returns how many there were. */
  remove(filter: { readonly id?: string; readonly target?: string } = {}): number {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter(
      ({ id, target }) =>
        (filter.id !== undefined && id !== filter.id) ||
        (filter.target !== undefined && target !== filter.target),
    );
    return before - this.#faults.length;
  }
}
