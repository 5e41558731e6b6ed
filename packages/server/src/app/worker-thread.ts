import { parentPort, workerData } from "node:worker_threads";
import { createLog } from "../shared/log.js";
import { startStages } from "./stages.js";
import type { FromWorker, ToWorker, WorkerOptions } from "./worker-messages.js";

/*
 * Entry of the thread that processes, alerts and notifies. It shares nothing with the thread that answers HTTP but
 * files: its own connections, its own heap. An unhandled error ends the thread, and the main thread ends the program.
 */
const port = parentPort;
if (!port) throw new Error("worker-thread.js is started by the server, not by hand");
const options = workerData as WorkerOptions;
const tell = (message: FromWorker) => port.postMessage(message);

const stages = await startStages(options, createLog({ level: options.logLevel }));
const figures = setInterval(() => tell({ kind: "figures", figures: stages.figures() }), 1_000);

port.on("message", (message: ToWorker) => {
  if (message.kind === "wake") stages.wake(message.stage);
  else void stop();
});

async function stop(): Promise<void> {
  clearInterval(figures);
  await stages.stop();
  tell({ kind: "figures", figures: stages.figures() });
  tell({ kind: "stopped" });
  port?.close();
}

tell({ kind: "ready" });
