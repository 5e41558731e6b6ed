import { Counter, Gauge, Registry, collectDefaultMetrics } from "prom-client";
import type { QueueDepth } from "../queue/port.js";
import type { Meta } from "../store/port.js";
import type { WorkerFigures } from "./worker-messages.js";

export interface MetricSources {
  readonly meta: Meta;
  readonly queueDepth: () => QueueDepth;
  /** Items by outcome and reason since the start of the process. */
  readonly ingestCounts: () => Iterable<{ outcome: string; reason: string; count: number }>;
  readonly worker: () => WorkerFigures;
  readonly engineRestarts: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The program's figures as Prometheus text. Values are read when asked for; nothing is counted twice. */
export function createMetrics(sources: MetricSources): () => Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge("vedette_queue_records", "Records waiting to be processed", () => sources.queueDepth().records);
  gauge("vedette_queue_bytes", "Bytes waiting to be processed", () => sources.queueDepth().bytes);
  gauge("vedette_queue_oldest_seconds", "Age of the oldest waiting record", () => {
    const { oldestAt } = sources.queueDepth();
    return oldestAt === null ? 0 : (sources.now() - oldestAt) / 1_000;
  });
  gauge(
    "vedette_engine_restarts",
    "Restarts of the embedded event store since start",
    sources.engineRestarts,
  );
  registerWorker(registry, sources);
  registerIngest(registry, sources);
  registerNotifications(registry, sources);
  return () => registry.metrics();
}

function registerWorker(registry: Registry, { worker }: MetricSources): void {
  const counter = (name: string, help: string, read: (figures: WorkerFigures) => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read(worker()));
      },
    });
  counter("vedette_process_batches_total", "Batches committed", (figures) => figures.batches);
  counter("vedette_process_records_total", "Queue records processed", (figures) => figures.records);
  counter("vedette_process_events_total", "Events stored", (figures) => figures.events);
  counter(
    "vedette_process_duplicates_total",
    "Events whose id was counted before",
    (figures) => figures.duplicates,
  );
  counter("vedette_process_dead_total", "Records set aside", (figures) => figures.dead);
  counter(
    "vedette_process_seconds_total",
    "Time spent in batches",
    (figures) => figures.batchMsTotal / 1_000,
  );
}

function registerIngest(registry: Registry, { ingestCounts }: MetricSources): void {
  new Counter({
    name: "vedette_ingest_items_total",
    help: "Items by outcome and reason",
    labelNames: ["outcome", "reason"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { outcome, reason, count } of ingestCounts()) this.inc({ outcome, reason }, count);
    },
  });
}

function registerNotifications(registry: Registry, { meta, now }: MetricSources): void {
  new Gauge({
    name: "vedette_notifications",
    help: "Notifications by state",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      this.reset();
      const rows = await meta
        .selectFrom("notification")
        .select(["state", (eb) => eb.fn.countAll<number>().as("count")])
        .groupBy("state")
        .execute();
      for (const row of rows) this.set({ state: row.state }, row.count);
    },
  });
  new Gauge({
    name: "vedette_notification_lag_seconds",
    help: "Age of the oldest notification that waits for its delivery",
    registers: [registry],
    async collect() {
      const row = await meta
        .selectFrom("notification")
        .select((eb) => eb.fn.min("created_at").as("oldest"))
        .where("state", "in", ["pending", "sending"])
        .executeTakeFirst();
      this.set(row?.oldest ? (now() - row.oldest) / 1_000 : 0);
    },
  });
}
