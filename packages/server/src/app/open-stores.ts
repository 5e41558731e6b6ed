import { join } from "node:path";
import type { Config } from "../config/config.js";
import type { Log } from "../shared/log.js";
import { FileBlobStore } from "../store/blobs/files/file-blob-store.js";
import { startEngine } from "../store/events/embedded/supervisor.js";
import type { EngineHandle } from "../store/events/embedded/supervisor.js";
import { migrateEvents } from "../store/events/migrations/migrate-events.js";
import { claimMeta, openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import type { BlobStore, EventStore } from "../store/port.js";
import type { StopStack } from "./lifecycle.js";
import { DataDirectoryInUse } from "./data-lock.js";
import { openEvents } from "./open-events.js";

/** An engine whose server is gone ends within four seconds; with room for a busy machine. */
const orphanWaitMs = 20_000;

/** A server that was told to stop ends within ten seconds. */
const earlierServerMs = 12_000;

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
  await claimDatabase(config, log, stops);
  const meta = await openMeta(config.databaseUrl, {
    onConnectionError: (err) => log.warn({ err }, "a database connection broke"),
  });
  stops.push("meta", () => meta.close());
  const events = openEvents({ eventsUrl: config.clickhouseUrl, engineSocket: engine?.socketPath ?? null });
  stops.push("events", () => events.close());
  await migrateEvents(events);
  return { engine, meta, events, blobs: new FileBlobStore(config.blobDir) };
}

async function claimDatabase({ databaseUrl }: Config, log: Log, stops: StopStack): Promise<void> {
  const release = await claimMeta(databaseUrl, {
    waitMs: earlierServerMs,
    onLost: (err) => log.warn({ err }, "the claim on the database is lost until the next start"),
  });
  if (!release) {
    throw new DataDirectoryInUse(
      "Another Vedette uses this database. Stop it first, or give this one a database of its own.",
    );
  }
  stops.push("claim on the database", release);
}

function startEmbedded(config: Config, log: Log): Promise<EngineHandle> {
  return startEngine({
    dataDir: join(config.dataDir, "events"),
    // The data directory is locked by now, so whatever engine is in it lost its server to a kill.
    waitForOrphanMs: orphanWaitMs,
    onExit: (description) => log.error(`the event store's engine ended and is started again: ${description}`),
  });
}
