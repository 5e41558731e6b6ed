import type { LogLevel } from "../shared/log.js";

/** What the worker thread needs to open its own connections; plain values, since it crosses a thread. */
export interface WorkerOptions {
  readonly metaTarget: string;
  readonly eventsUrl: string | null;
  readonly engineSocket: string | null;
  readonly queuePath: string;
  readonly blobsDir: string;
  /** 32 bytes each, hex; the first is the one that encrypts. */
  readonly secretKeys: readonly string[];
  readonly publicUrl: string;
  readonly discordApi: string;
  readonly allowPrivateHooks: boolean;
  readonly logLevel: LogLevel;
}

/** Figures of the worker since its start, for the metrics page. Times in milliseconds. */
export interface WorkerFigures {
  readonly batches: number;
  readonly records: number;
  readonly events: number;
  readonly duplicates: number;
  readonly dead: number;
  readonly batchMsTotal: number;
  readonly lastBatchMs: number;
}

export type ToWorker =
  | { readonly kind: "stop" }
  | { readonly kind: "wake"; readonly stage: "alert" | "notify" };

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "figures"; readonly figures: WorkerFigures }
  | { readonly kind: "stopped" };
