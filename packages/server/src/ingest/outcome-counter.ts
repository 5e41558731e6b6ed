import type { QueueEntry, QueueWriter } from "../queue/port.js";
import type { KnownKey } from "./project-keys.js";
import type { IngestMetrics } from "./metrics.js";

const minuteMs = 60_000;
/** Far above keys × categories × reasons of a busy second; more is counted as lost in the metrics. */
const maxCounts = 20_000;

/** A sum as process reads it from a record of type `outcomes`. */
interface Count {
  readonly projectId: number;
  readonly publicKey: string;
  readonly category: string;
  readonly outcome: string;
  readonly reason: string;
  /** Begin of the minute, milliseconds since 1970. */
  readonly at: number;
  quantity: number;
}

export interface Refused {
  readonly outcome: "rate_limited" | "invalid";
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * What ingest itself refused, added up by project, key, category, reason and minute, and sent through the queue as one
 * record per project, so that the figures survive like any accepted item.
 */
export class OutcomeCounter {
  readonly #queue: QueueWriter;
  readonly #metrics: IngestMetrics;
  #counts = new Map<string, Count>();
  #flushing: Promise<void> = Promise.resolve();

  constructor(queue: QueueWriter, metrics: IngestMetrics) {
    this.#queue = queue;
    this.#metrics = metrics;
  }

  /** Counts what a refused item would have counted for. */
  add(
    key: KnownKey,
    category: { category: string; quantity: number },
    { outcome, reason, at }: Refused,
  ): void {
    this.#add({
      projectId: key.projectId,
      publicKey: key.publicKey,
      category: category.category,
      outcome,
      reason,
      at: Math.floor(at / minuteMs) * minuteMs,
      quantity: category.quantity,
    });
  }

  /** Writes what was counted to the queue. Counts that cannot be written are kept for the next time; never rejects. */
  flush(now: number): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#flush(now));
    return this.#flushing;
  }

  #add(count: Count): void {
    const id = [count.publicKey, count.category, count.outcome, count.reason, count.at].join("\0");
    const known = this.#counts.get(id);
    if (known) known.quantity += count.quantity;
    else if (this.#counts.size < maxCounts) this.#counts.set(id, count);
    else this.#metrics.items("lost", "too_many_counts", count.quantity);
  }

  async #flush(now: number): Promise<void> {
    if (this.#counts.size === 0) return;
    const counts = [...this.#counts.values()];
    this.#counts = new Map();
    const byProject = new Map<number, Count[]>(counts.map(({ projectId }) => [projectId, []]));
    for (const count of counts) byProject.get(count.projectId)?.push(count);
    try {
      await this.#queue.append([...byProject].map(([projectId, some]) => toEntry(projectId, some, now)));
    } catch {
      // The queue reports its own faults to the log; here only the counts matter.
      for (const count of counts) this.#add(count);
    }
  }
}

function toEntry(projectId: number, counts: readonly Count[], now: number): QueueEntry {
  return {
    item: {
      type: "outcomes",
      projectId,
      publicKey: "",
      eventId: "",
      receivedAt: now,
      sentAt: null,
      header: {},
      clientIp: "",
      userAgent: "",
      client: "",
      envelope: {},
      attachments: [],
    },
    body: Buffer.from(JSON.stringify(counts)),
  };
}
