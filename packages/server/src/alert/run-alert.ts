import { EventStoreError } from "../store/events/event-store-error.js";
import type { EventStore, Meta } from "../store/port.js";
import type { Clock } from "../shared/clock.js";
import type { Log } from "../shared/log.js";
import { ChangeLog } from "./change-log.js";
import { decideBatch } from "./decide-batch.js";
import type { DecidePorts, Decision } from "./decide-batch.js";
import { ReleaseBook } from "./facts/latest-release.js";
import { RecountPause } from "./facts/recount-pause.js";
import { RuleBook } from "./facts/rule-book.js";
import type { EmailOf } from "./facts/scene.js";
import { usersOfFired } from "./outbox/users-of-fired.js";
import { commitDecisions } from "./outbox/commit-decisions.js";

export interface AlertPorts {
  readonly meta: Meta;
  readonly events: EventStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Finds users' e-mail addresses, for the filter `assignee`. Default: assignees are known by id only. */
  readonly emailOf?: EmailOf;
  /** Called after notifications went into the outbox, so that notify need not wait for its next look. */
  readonly onNotifications?: () => void;
}

/** The running stage. */
export interface AlertStage {
  /** Call after each commit that appends to the change log: the log is read at once. */
  wake(): void;
  /** Resolves when the signal has aborted and the batch in work has ended. */
  readonly done: Promise<void>;
}

const lookEveryMs = 250;
const pauseAfterErrorMs = 500;
/** After so many failures of the event store in a row, rules that need no counting go out without it … */
const failuresBeforeGoingOn = 5;
/** … for this long, before it is asked again. */
const goOnWithoutMs = 30_000;

/**
 * Runs the alert stage until the signal aborts: reads the change log, decides, and commits the outcome together with
 * its position. Woken by `wake`, otherwise it looks every 250 ms. Errors are waited out; nothing is passed over.
 */
export function runAlert(ports: AlertPorts, signal: AbortSignal): AlertStage {
  const loop = new AlertLoop(ports, signal);
  return { wake: () => loop.wake(), done: loop.run() };
}

class AlertLoop {
  readonly #ports: AlertPorts;
  readonly #signal: AbortSignal;
  readonly #changes: ChangeLog;
  readonly #decide: DecidePorts;
  #isWoken = false;
  #waiting: AbortController | undefined;
  #failures = 0;
  #withoutEventStoreUntil = 0;

  constructor(ports: AlertPorts, signal: AbortSignal) {
    this.#ports = Object.freeze({ ...ports });
    this.#signal = signal;
    this.#changes = new ChangeLog(ports.meta);
    this.#decide = {
      meta: ports.meta,
      events: ports.events,
      log: ports.log,
      rules: new RuleBook(ports.meta, ports.log),
      releases: new ReleaseBook(ports),
      recounts: new RecountPause(),
      emailOf: ports.emailOf,
    };
  }

  wake(): void {
    this.#isWoken = true;
    this.#waiting?.abort();
  }

  async run(): Promise<void> {
    const wake = () => this.wake();
    this.#signal.addEventListener("abort", wake, { once: true });
    while (!this.#signal.aborted) {
      const hasMore = await this.#attempt();
      if (!hasMore) await this.#wait(lookEveryMs);
    }
    this.#signal.removeEventListener("abort", wake);
  }

  /** @returns whether more changes are waiting */
  async #attempt(): Promise<boolean> {
    try {
      return await this.#once();
    } catch (error) {
      if (this.#signal.aborted) return false;
      if (error instanceof EventStoreError) this.#countFailure();
      this.#ports.log.warn(
        { err: error },
        "a batch of changes could not be evaluated and will be tried again",
      );
      await this.#ports.clock.sleep(pauseAfterErrorMs, this.#signal);
      return true;
    }
  }

  #countFailure(): void {
    this.#failures++;
    if (this.#failures < failuresBeforeGoingOn) return;
    // Once the time is over, a single failure more is enough.
    this.#failures = failuresBeforeGoingOn - 1;
    this.#withoutEventStoreUntil = this.#ports.clock.now() + goOnWithoutMs;
    this.#ports.log.error("events cannot be counted: rules with frequencies do not fire for now");
  }

  async #once(): Promise<boolean> {
    const { meta, clock } = this.#ports;
    const now = clock.now();
    const batch = await this.#changes.read(now);
    if (!batch) return false;
    const withoutEventStore = now < this.#withoutEventStoreUntil;
    const decisions = await decideBatch(this.#decide, batch.occurrences, { now, withoutEventStore });
    if (!withoutEventStore) this.#failures = 0;
    const users = withoutEventStore ? new Map<number, number>() : await this.#usersOf(decisions);
    const count = await commitDecisions(meta, { ...batch, decisions, users, now });
    if (count > 0) this.#ports.onNotifications?.();
    return batch.isFull;
  }

  /** A message without the number of users is better than one that comes late. */
  async #usersOf(decisions: readonly Decision[]): Promise<ReadonlyMap<number, number>> {
    try {
      return await usersOfFired(this.#ports, decisions);
    } catch (error) {
      this.#ports.log.warn({ err: error }, "the users of an issue could not be counted");
      return new Map();
    }
  }

  async #wait(ms: number): Promise<void> {
    if (!this.#isWoken) {
      this.#waiting = new AbortController();
      await this.#ports.clock.sleep(ms, this.#waiting.signal);
      this.#waiting = undefined;
    }
    this.#isWoken = false;
  }
}
