import { createHmac } from "node:crypto";
import { join } from "node:path";
import { bootstrap } from "../actions/bootstrap.js";
import type { BootstrapResult } from "../actions/bootstrap.js";
import { accountsOf, createAuth, migrateAuth } from "../api/auth/create-auth.js";
import { registerApi } from "../api/register-api.js";
import type { Config } from "../config/config.js";
import { registerIngest } from "../ingest/register-ingest.js";
import { openQueueReader, openQueueWriter } from "../queue/sqlite/open-queue.js";
import { createLog } from "../shared/log.js";
import type { Log } from "../shared/log.js";
import { SecretBox } from "../shared/secret-box.js";
import { loadOrCreateSecretKeys } from "../shared/secret-key.js";
import { FileBlobStore } from "../store/blobs/files/file-blob-store.js";
import { startEngine } from "../store/events/embedded/supervisor.js";
import { migrateEvents } from "../store/events/migrations/migrate-events.js";
import { openMeta } from "../store/meta/connect.js";
import { lockDataDirectory } from "./data-lock.js";
import { freePort } from "./free-port.js";
import { registerHealth } from "./health.js";
import { createHttpServer, registerPages } from "./http-server.js";
import { stopStack } from "./lifecycle.js";
import { createMetrics } from "./metrics.js";
import { openEvents } from "./open-events.js";
import { provision } from "./provision.js";
import { startWorker } from "./worker.js";

/** A running Vedette. */
export interface Vedette {
  /** Where it listens, without a slash at the end. */
  readonly address: string;
  /** What the first start made, for the banner. */
  readonly firstStart: BootstrapResult;
  readonly log: Log;
  /** Stops accepting, drains and closes everything; may be called twice. */
  stop(): Promise<void>;
}

/**
 * Puts Vedette together, in the order of the data's way: read it top to bottom and you have read the architecture.
 * Whatever is started pushes its own stop; when a step fails, what was started before it is stopped.
 *
 * @param onFailure called when a part ends by itself that the program cannot do without
 */
export async function startVedette(config: Config, onFailure: (error: Error) => void): Promise<Vedette> {
  const log = createLog({ level: config.logLevel });
  const stops = stopStack(log);
  try {
    const unlock = lockDataDirectory(config.dataDir);
    stops.push("data directory", unlock);
    const port = config.port === 0 ? await freePort(config.host) : config.port;
    const publicUrl = config.port === 0 ? config.publicUrl.replace(/:0$/, `:${port}`) : config.publicUrl;
    const secretKeys = config.secretKeys ?? loadOrCreateSecretKeys(config.dataDir);
    const secrets = new SecretBox(secretKeys);

    // store: what changes, what happened, what is large
    const engine =
      config.clickhouseUrl === null
        ? await startEngine({
            dataDir: join(config.dataDir, "events"),
            onExit: (description) =>
              log.error(`the event store's engine ended and is started again: ${description}`),
          })
        : null;
    if (engine) stops.push("engine", () => engine.stop());
    const meta = await openMeta(config.databaseUrl, {
      onConnectionError: (err) => log.warn({ err }, "a database connection broke"),
    });
    stops.push("meta", () => meta.close());
    const events = openEvents({ eventsUrl: config.clickhouseUrl, engineSocket: engine?.socketPath ?? null });
    stops.push("events", () => events.close());
    await migrateEvents(events);
    const blobs = new FileBlobStore(config.blobDir);

    // accounts, and what a first start needs
    const auth = createAuth({
      meta: meta.db,
      dialect: meta.dialect,
      secret: createHmac("sha256", secretKeys[0] ?? "")
        .update("sessions")
        .digest("hex"),
      publicUrl,
      trustedOrigins: [
        `http://${config.host}:${port}`,
        `http://localhost:${port}`,
        `http://127.0.0.1:${port}`,
      ],
    });
    await migrateAuth(auth);
    const accounts = accountsOf(auth, meta.db);
    const firstStart = await bootstrap(
      { meta: meta.db, accounts, now: Date.now },
      {
        adminEmail: config.adminEmail,
        adminPassword: config.adminPassword,
        publicKey: config.bootstrapKey,
        token: config.bootstrapToken,
      },
    );
    if (config.provisionPath)
      await provision({ meta: meta.db, secrets, log, now: Date.now }, config.provisionPath);

    // queue: the durable hand-off
    const queuePath = config.queuePath;
    const queue = await openQueueWriter({
      path: queuePath,
      onRepair: (message) => log.warn(message),
      onFailure,
    });
    stops.push("queue", () => queue.close());
    const deadLetters = await openQueueReader({ path: queuePath });
    stops.push("dead letters", () => deadLetters.close());

    // process, alert, notify: in a thread of their own
    const worker = await startWorker(
      {
        metaTarget: config.databaseUrl,
        eventsUrl: config.clickhouseUrl,
        engineSocket: engine?.socketPath ?? null,
        queuePath,
        blobsDir: config.blobDir,
        secretKeys: secretKeys.map((key) => key.toString("hex")),
        publicUrl,
        discordApi: config.discordApiUrl,
        allowPrivateHooks: config.allowPrivateHooks,
        logLevel: config.logLevel,
      },
      onFailure,
    );
    stops.push("worker", () => worker.stop());

    // ingest, api, pages: what answers HTTP
    const app = createHttpServer({ log, trustProxy: config.trustProxy });
    const ingest = await registerIngest(
      app,
      { queue, blobs, meta: meta.db, now: Date.now, log },
      { maxBacklogRecords: config.maxBacklog },
    );
    stops.push("ingest", () => ingest.close());
    registerHealth(app, {
      canAccept: () => queue.depth().records < config.maxBacklog,
      metrics: createMetrics({
        meta: meta.db,
        queueDepth: () => queue.depth(),
        ingestCounts: () => ingest.metrics.snapshot().items,
        worker: () => worker.figures(),
        engineRestarts: () => engine?.restarts ?? 0,
        now: Date.now,
      }),
    });
    await registerApi(
      app,
      {
        meta: meta.db,
        events,
        blobs,
        queue: deadLetters,
        secrets,
        log,
        now: Date.now,
        publicUrl,
        wake: (stage) => worker.wake(stage),
      },
      auth,
    );
    await registerPages(app);
    await app.listen({ host: config.host, port });
    stops.push("http", () => app.close());
    return { address: publicUrl, firstStart, log, stop: () => stops.stopAll() };
  } catch (error) {
    await stops.stopAll();
    throw error;
  }
}
