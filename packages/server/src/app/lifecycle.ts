import type { Log } from "../shared/log.js";

/** What was started, to be stopped in reverse order. */
export interface StopStack {
  /** Adds a step. `name` is for the log. */
  push(name: string, stop: () => Promise<void> | void): void;
  /** Runs all steps, the newest first; a failing step is logged and does not keep the others from running. */
  stopAll(): Promise<void>;
}

/** Makes an empty stack. `stopAll` may be called twice; the second call waits for the first. */
export function stopStack(log: Log): StopStack {
  const steps: { name: string; stop: () => Promise<void> | void }[] = [];
  let stopping: Promise<void> | undefined;
  const unwind = async () => {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step.stop();
      } catch (err) {
        log.error({ err, step: step.name }, "a part did not stop cleanly");
      }
    }
  };
  return {
    push: (name, stop) => void steps.push({ name, stop }),
    stopAll: () => (stopping ??= unwind()),
  };
}
