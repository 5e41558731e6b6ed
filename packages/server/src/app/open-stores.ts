import { join } from "node:path";
import type { Config } from "../config/config.js";
import type { Log } from "../shared/log.js";
import { FileBlobStore } from "../store/blobs/files/file-blob-store.js";
import { startEngine } from "../store/events/embedded/supervisor.js";
import type { EngineHandle } from "../store/events/embedded/supervisor.js";
import { migrateEvents } from "../store/events/migrations/migrate-events.js";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import type { BlobStore, EventStore } from "../store/port.js";
import type { StopStack } from "./lifecycle.js";
import { openEvents } from "./open-events.js";

/** An engine whose server is gone ends within four seconds; with room for a busy machine. */
const orphanWaitMs = 20_000;

/** The three parts of the store, as the main thread holds them. */
export interface Stores {
  /** Null when a ClickHouse server is used. */
  readonly engine: EngineHandle | null;
  readonly meta: MetaHandle;
  readonly events: EventStore;
  readonly blobs: BlobStore;
}

/** Opens the stores and brings their tables up to date: what changes, what happened, what is large. */
export async function openStores(config: Config, log: Log, stops: StopStack): Promise<Stores> {
  const engine = config.clickhouseUrl === null ? await startEmbedded(config, log) : null;
  if (engine) stops.push("engine", () => engine.stop());
  const meta = await openMeta(config.databaseUrl, {
    onConnectionError: (err) => log.warn({ err }, "a database connection broke"),
  });
  stops.push("meta", () => meta.close());
  const events = openEvents({ eventsUrl: config.clickhouseUrl, engineSocket: engine?.socketPath ?? null });
  stops.push("events", () => events.close());
  await migrateEvents(events);
  return { engine, meta, events, blobs: new FileBlobStore(config.blobDir) };
}

function startEmbedded(config: Config, log: Log): Promise<EngineHandle> {
  return startEngine({
    dataDir: join(config.dataDir, "events"),
    // The data directory is locked by now, so whatever engine is in it lost its server to a kill.
    waitForOrphanMs: orphanWaitMs,
    onExit: (description) => log.error(`the event store's engine ended and is started again: ${description}`),
  });
}
