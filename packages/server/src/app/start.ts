import type { BootstrapResult } from "../actions/bootstrap.js";
import { backtest } from "../alert/backtest/backtest.js";
import { registerApi } from "../api/register-api.js";
import type { Config } from "../config/config.js";
import { registerIngest } from "../ingest/register-ingest.js";
import { openQueueReader, openQueueWriter } from "../queue/sqlite/open-queue.js";
import { createLog } from "../shared/log.js";
import type { Log } from "../shared/log.js";
import { SecretBox } from "../shared/secret-box.js";
import { loadOrCreateSecretKeys } from "../shared/secret-key.js";
import { alertChecks } from "./alert-checks.js";
import { lockDataDirectory } from "./data-lock.js";
import { emailOfPerson } from "./email-of-person.js";
import { freePort } from "./free-port.js";
import { registerHealth } from "./health.js";
import { createHttpServer, registerPages } from "./http-server.js";
import { stopStack } from "./lifecycle.js";
import type { StopStack } from "./lifecycle.js";
import { createMetrics } from "./metrics.js";
import { openAccounts } from "./open-accounts.js";
import { openStores } from "./open-stores.js";
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
 * Starts Vedette. Whatever is started pushes its own stop; when a step fails, what was started before it is stopped.
 *
 * @param onFailure called when a part ends by itself that the program cannot do without
 */
export async function startVedette(config: Config, onFailure: (error: Error) => void): Promise<Vedette> {
  const log = createLog({ level: config.logLevel });
  const stops = stopStack(log);
  try {
    const parts = await assemble({ config, log, stops, onFailure });
    return { ...parts, log, stop: () => stops.stopAll() };
  } catch (error) {
    await stops.stopAll();
    throw error;
  }
}

interface Assembly {
  readonly config: Config;
  readonly log: Log;
  readonly stops: StopStack;
  readonly onFailure: (error: Error) => void;
}

/** Puts the parts together in the order of the data's way: read it top to bottom and you have read the architecture. */
async function assemble({
  config,
  log,
  stops,
  onFailure,
}: Assembly): Promise<Pick<Vedette, "address" | "firstStart">> {
  stops.push("data directory", lockDataDirectory(config.dataDir));
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const publicUrl = config.publicUrl.replace(/:0$/, `:${port}`);
  const secretKeys = config.secretKeys ?? loadOrCreateSecretKeys(config.dataDir);
  const secrets = new SecretBox(secretKeys);

  // store: what changes, what happened, what is large
  const { engine, meta, events, blobs } = await openStores(config, log, stops);

  // accounts, a first start's needs, alerts as code
  const secretKey = secretKeys[0] ?? Buffer.alloc(0);
  const { auth, firstStart } = await openAccounts({ config, meta, secretKey, port, publicUrl });
  const checks = alertChecks({ ...config, discordApi: config.discordApiUrl, publicUrl });
  if (config.provisionPath) {
    await provision(
      { meta: meta.db, secrets, log, now: Date.now, alertChecks: checks },
      config.provisionPath,
    );
  }

  // queue: the durable hand-off
  const queue = await openQueueWriter({
    path: config.queuePath,
    onRepair: (message) => log.warn(message),
    onFailure,
  });
  stops.push("queue", () => queue.close());
  const deadLetters = await openQueueReader({ path: config.queuePath });
  stops.push("dead letters", () => deadLetters.close());

  // process, alert, notify: in a thread of their own
  const worker = await startWorker(
    {
      metaTarget: config.databaseUrl,
      eventsUrl: config.clickhouseUrl,
      engineSocket: engine?.socketPath ?? null,
      queuePath: config.queuePath,
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
  const ports = { meta: meta.db, events, blobs, log, now: Date.now };
  const ingest = await registerIngest(app, { ...ports, queue }, { maxBacklogRecords: config.maxBacklog });
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
      ...ports,
      queue: deadLetters,
      secrets,
      publicUrl,
      wake: (stage) => worker.wake(stage),
      alertChecks: checks,
      backtest: (rule, range) => backtest({ ...ports, emailOf: emailOfPerson(meta.db) }, rule, range),
    },
    auth,
  );
  await registerPages(app);
  await app.listen({ host: config.host, port });
  stops.push("http", () => app.close());
  return { address: publicUrl, firstStart };
}
