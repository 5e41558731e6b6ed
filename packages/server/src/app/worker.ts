import { Worker } from "node:worker_threads";
import { entryUrl } from "../shared/entry-url.js";
import type { FromWorker, ToWorker, WorkerFigures, WorkerOptions } from "./worker-messages.js";

/** The worker thread as the main thread sees it. */
export interface WorkerHandle {
  wake(stage: "alert" | "notify"): void;
  figures(): WorkerFigures;
  /** Resolves when the batch in work has ended and everything is closed. */
  stop(): Promise<void>;
}

const youngGenerationMb = 48;
const oldGenerationMb = 640;

const noFigures: WorkerFigures = {
  batches: 0,
  records: 0,
  events: 0,
  duplicates: 0,
  dead: 0,
  batchMsTotal: 0,
  lastBatchMs: 0,
};

/**
 * Starts the thread that processes, alerts and notifies; resolves when it reads the queue.
 *
 * @param onFailure called when it ends by itself; the program should then end too and be restarted
 */
export function startWorker(
  options: WorkerOptions,
  onFailure: (error: Error) => void,
): Promise<WorkerHandle> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entryUrl(import.meta.url, "./worker-thread.js"), {
      workerData: options,
      // Batches are young garbage: with room for one, they die before the collector copies them.
      resourceLimits: {
        maxYoungGenerationSizeMb: youngGenerationMb,
        maxOldGenerationSizeMb: oldGenerationMb,
      },
    });
    let figures = noFigures;
    let ready = false;
    let stopping: { done: Promise<void>; finish: () => void } | undefined;
    const send = (message: ToWorker) => worker.postMessage(message);
    const handle: WorkerHandle = {
      wake: (stage) => send({ kind: "wake", stage }),
      figures: () => figures,
      stop: () => {
        if (!stopping) {
          let finish = () => {};
          const done = new Promise<void>((resolveDone) => (finish = resolveDone));
          stopping = { done, finish };
          send({ kind: "stop" });
        }
        return stopping.done;
      },
    };
    worker.on("message", (message: FromWorker) => {
      if (message.kind === "figures") figures = message.figures;
      if (message.kind === "stopped") stopping?.finish();
      if (message.kind === "ready") {
        ready = true;
        resolve(handle);
      }
    });
    const fail = (error: Error) => (ready ? onFailure(error) : reject(error));
    worker.on("error", fail);
    worker.on("exit", (code) => {
      if (stopping) stopping.finish();
      else fail(new Error(`the worker thread ended with code ${code}`));
    });
  });
}
