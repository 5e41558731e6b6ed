import { BroadcastChannel } from "node:worker_threads";

/**
 * Connects the writer of a file with its readers in all threads of this process. Readers in other processes
 * have to poll.
 */
export class WakeChannel {
  readonly #channel: BroadcastChannel;

  /** @param path the queue's file, absolute; it names the channel */
  constructor(path: string) {
    this.#channel = new BroadcastChannel(`vedette-queue:${path}`);
    this.#channel.unref();
  }

  /** Tells every other channel of the same file that there are new records. */
  wake(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's channel has no origin
    this.#channel.postMessage(null);
  }

  /** Calls back on each wake of another channel; does not keep the process alive. */
  onWake(listener: () => void): void {
    this.#channel.addEventListener("message", listener);
    this.#channel.unref();
  }

  close(): void {
    this.#channel.close();
  }
}
