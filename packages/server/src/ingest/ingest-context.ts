import type { QueueWriter } from "../queue/port.js";
import type { Log } from "../shared/log.js";
import type { BlobStore, Meta } from "../store/port.js";
import { ByteBudget } from "./byte-budget.js";
import { IngestMetrics } from "./metrics.js";
import { defaultIngestOptions } from "./options.js";
import type { IngestOptions } from "./options.js";
import { OutcomeCounter } from "./outcome-counter.js";
import { MetaProjectKeys } from "./project-keys.js";
import type { ProjectKeys } from "./project-keys.js";
import { RateLimiter } from "./rate-limiter.js";

/** What ingest needs from outside. */
export interface IngestPorts {
  readonly queue: QueueWriter;
  readonly blobs: BlobStore;
  readonly meta: Meta;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** For faults of ours; requests are counted, not logged. */
  readonly log: Log;
}

/** The ports and what ingest keeps in memory between requests. */
export interface IngestContext extends Omit<IngestPorts, "meta"> {
  readonly options: IngestOptions;
  readonly projects: ProjectKeys;
  readonly metrics: IngestMetrics;
  readonly budget: ByteBudget;
  readonly limiter: RateLimiter;
  readonly outcomes: OutcomeCounter;
}

/** Fills in what the caller left out. */
export function createIngestContext(ports: IngestPorts, options: Partial<IngestOptions> = {}): IngestContext {
  const { meta, ...rest } = ports;
  const metrics = new IngestMetrics();
  const all = Object.freeze({ ...defaultIngestOptions, ...options });
  return {
    ...rest,
    metrics,
    projects: new MetaProjectKeys(meta, {
      onError: (error) =>
        ports.log.warn({ err: error }, "project keys could not be refreshed; the known ones stay"),
    }),
    options: all,
    budget: new ByteBudget(all.maxInFlightBytes),
    limiter: new RateLimiter(),
    outcomes: new OutcomeCounter(ports.queue, metrics),
  };
}
