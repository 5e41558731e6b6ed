import { purgeAlertHistory } from "../alert/purge.js";
import { ageIssues, endTimedArchives, watchIssues } from "../process/watch/watch-issues.js";
import { forgetOldEventIds } from "../process/watch/forget-event-ids.js";
import { forgetOldFiles } from "../process/watch/forget-files.js";
import type { Clock } from "../shared/clock.js";
import type { Log } from "../shared/log.js";
import type { BlobStore, EventStore, Meta } from "../store/port.js";

export interface HousekeepingPorts {
  readonly meta: Meta;
  readonly events: EventStore;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after issues changed their state by time or rate. */
  readonly wakeAlert: () => void;
}

export interface Housekeeping {
  /** Issues that a batch touched: the next look asks whether they escalate. */
  touched(issueIds: readonly number[]): void;
  readonly done: Promise<void>;
}

const watchEveryMs = 5_000;
const tidyEveryMs = 10 * 60_000;

/** The clock-driven part of the worker: watches rates and conditions, ages issues, forgets what is old. */
export function startHousekeeping(ports: HousekeepingPorts, signal: AbortSignal): Housekeeping {
  const touched = new Set<number>();
  const now = () => ports.clock.now();
  const watch = async () => {
    const ids = [...touched];
    touched.clear();
    try {
      const changed =
        (await watchIssues({ ...ports, now }, ids)) + (await endTimedArchives({ ...ports, now }));
      if (changed > 0) ports.wakeAlert();
    } catch (error) {
      // An issue may never be seen again: what was not measured is still to be.
      for (const id of ids) touched.add(id);
      throw error;
    }
  };
  const tidy = async () => {
    await ageIssues({ ...ports, now });
    await forgetOldEventIds(ports.meta, now(), signal);
    await forgetOldFiles(ports, now(), signal);
    await purgeAlertHistory(ports.meta, now(), signal);
  };
  const done = Promise.all([
    every({ intervalMs: watchEveryMs, name: "watching issues", job: watch }, ports, signal),
    every({ intervalMs: tidyEveryMs, name: "tidying up", job: tidy }, ports, signal),
  ]).then(() => undefined);
  return { touched: (ids) => ids.forEach((id) => touched.add(id)), done };
}

/** Runs the job again and again until the signal aborts; a failure is logged and tried again at the next turn. */
async function every(
  { intervalMs, name, job }: { intervalMs: number; name: string; job: () => Promise<void> },
  { clock, log }: HousekeepingPorts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(intervalMs, signal);
    if (signal.aborted) return;
    try {
      await job();
    } catch (err) {
      log.warn({ err }, `${name} failed and will be tried again`);
    }
  }
}
