import type { Clock } from "../shared/clock.js";

/** Lets a loop sleep until it is rung for. Rung while nobody sleeps, it cuts the next sleep short. */
export class Bell {
  readonly #clock: Clock;
  #rung = false;
  #sleeping: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung = true;
    this.#sleeping?.abort();
  }

  /** Resolves after the time, or as soon as the bell rings. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      this.#sleeping = new AbortController();
      await this.#clock.sleep(ms, this.#sleeping.signal);
      this.#sleeping = undefined;
    }
    this.#rung = false;
  }
}
