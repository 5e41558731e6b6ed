import { runAlert } from "../alert/run-alert.js";
import { runNotify } from "../notify/run-notify.js";
import { consume } from "../process/consumer.js";
import { projectRulesCache } from "../process/prepare/project-rules.js";
import { openQueueReader } from "../queue/sqlite/open-queue.js";
import { systemClock } from "../shared/clock.js";
import type { Log } from "../shared/log.js";
import { SecretBox } from "../shared/secret-box.js";
import { FileBlobStore } from "../store/blobs/files/file-blob-store.js";
import { openMeta } from "../store/meta/connect.js";
import { emailOfPerson } from "./email-of-person.js";
import { startHousekeeping } from "./housekeeping.js";
import { openEvents } from "./open-events.js";
import { stopStack } from "./lifecycle.js";
import type { WorkerFigures, WorkerOptions } from "./worker-messages.js";

export interface Stages {
  wake(stage: "alert" | "notify"): void;
  figures(): WorkerFigures;
  /** Ends the batch in work, lets notify finish what is being sent, closes everything. */
  stop(): Promise<void>;
}

/** Starts process, alert, notify and the housekeeping in the order of the data's way. */
export async function startStages(options: WorkerOptions, log: Log): Promise<Stages> {
  const stops = stopStack(log);
  const clock = systemClock;
  const abort = new AbortController();

  const meta = await openMeta(options.metaTarget, { migrate: false });
  stops.push("meta", () => meta.close());
  const events = openEvents(options);
  stops.push("events", () => events.close());
  const queue = await openQueueReader({ path: options.queuePath });
  stops.push("queue", () => queue.close());
  const blobs = new FileBlobStore(options.blobsDir);
  const secrets = new SecretBox(options.secretKeys.map((key) => Buffer.from(key, "hex")));

  const notify = runNotify(
    {
      meta: meta.db,
      events,
      secrets,
      clock,
      log: log.child({ stage: "notify" }),
      publicUrl: options.publicUrl,
      discordApi: options.discordApi,
      allowPrivateHooks: options.allowPrivateHooks,
    },
    abort.signal,
  );
  stops.push("notify", () => notify.done);

  const alert = runAlert(
    {
      meta: meta.db,
      events,
      clock,
      log: log.child({ stage: "alert" }),
      emailOf: emailOfPerson(meta.db),
      onNotifications: () => notify.wake(),
    },
    abort.signal,
  );
  stops.push("alert", () => alert.done);

  const housekeeping = startHousekeeping(
    { meta: meta.db, events, blobs, clock, log, wakeAlert: () => alert.wake() },
    abort.signal,
  );
  stops.push("housekeeping", () => housekeeping.done);

  const figures = {
    batches: 0,
    records: 0,
    events: 0,
    duplicates: 0,
    dead: 0,
    batchMsTotal: 0,
    lastBatchMs: 0,
  };
  const processing = consume(
    { queue, meta: meta.db, events, blobs, rules: projectRulesCache(meta.db), now: () => clock.now() },
    {
      log: log.child({ stage: "process" }),
      clock,
      onBatch: (report) => {
        figures.batches++;
        figures.records += report.records;
        figures.events += report.events;
        figures.duplicates += report.duplicates;
        figures.dead += report.dead;
        figures.batchMsTotal += report.tookMs;
        figures.lastBatchMs = report.tookMs;
        housekeeping.touched(report.issues);
        alert.wake();
      },
    },
    abort.signal,
  );
  stops.push("process", () => processing);

  return {
    wake: (stage) => (stage === "alert" ? alert.wake() : notify.wake()),
    figures: () => ({ ...figures }),
    stop: () => {
      abort.abort();
      return stops.stopAll();
    },
  };
}
