import type { CountRequest } from "../evaluate/count-request.js";

/** Events of one issue within the rule's environments, in order of time, counted as the live rule would count them. */
export class SlidingCounts {
  readonly #times: number[] = [];
  readonly #users: string[] = [];
  readonly #windows = new Map<number, UserWindow>();

  /** @param at milliseconds since 1970, not before the one added last */
  add(at: number, userKey: string): void {
    this.#times.push(at);
    this.#users.push(userKey);
  }

  /** @param at the moment the window is asked for; never earlier than in the call before */
  count({ measure, perMs, shiftMs }: CountRequest, at: number): number {
    const end = at - shiftMs;
    if (measure === "events") return this.#firstAfter(end) - this.#firstAfter(end - perMs - 1);
    const window = this.#windows.get(perMs) ?? new UserWindow(perMs);
    this.#windows.set(perMs, window);
    return window.count(this.#times, this.#users, end);
  }

  /** How many events are not later than `time`. */
  #firstAfter(time: number): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? Infinity) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Distinct users of a window that moves forward: what enters is added, what leaves is taken off. */
class UserWindow {
  readonly #perMs: number;
  readonly #counts = new Map<string, number>();
  #start = 0;
  #end = 0;

  constructor(perMs: number) {
    this.#perMs = perMs;
  }

  count(times: readonly number[], users: readonly string[], end: number): number {
    while ((times[this.#end] ?? Infinity) <= end) this.#change(users[this.#end++], 1);
    while (this.#start < this.#end && (times[this.#start] ?? Infinity) < end - this.#perMs) {
      this.#change(users[this.#start++], -1);
    }
    return this.#counts.size;
  }

  #change(user: string | undefined, by: 1 | -1): void {
    if (!user) return;
    const count = (this.#counts.get(user) ?? 0) + by;
    if (count > 0) this.#counts.set(user, count);
    else this.#counts.delete(user);
  }
}
