import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import type { FastifyInstance, FastifyServerOptions } from "fastify";
import type { QueueReader, QueueRecord, QueueWriter } from "../queue/port.js";
import { openQueueReader, openQueueWriter } from "../queue/sqlite/open-queue.js";
import { createLog } from "../shared/log.js";
import type { BlobStore } from "../store/port.js";
import { FileBlobStore } from "../store/blobs/files/file-blob-store.js";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import type { IngestOptions } from "./options.js";
import { registerIngest } from "./register-ingest.js";
import type { Ingest } from "./register-ingest.js";

/** Public key of project 1. */
export const testKey = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

export interface TestEdge {
  readonly app: FastifyInstance;
  readonly ingest: Ingest;
  readonly meta: MetaHandle;
  readonly blobs: BlobStore;
  readonly queue: QueueWriter;
  /** Lines of the log, errors included. */
  readonly logged: string[];
  /** Moves the clock of the edge. */
  setNow(ms: number): void;
  /** All records of the queue but ingest's own counts. */
  records(): Promise<readonly QueueRecord[]>;
  /** What ingest counted, as `category outcome/reason quantity`, after a flush. */
  outcomes(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface EdgeSetup {
  readonly options?: Partial<IngestOptions>;
  readonly fastify?: FastifyServerOptions;
  readonly blobs?: BlobStore;
  readonly settings?: Record<string, unknown>;
  readonly keyLimit?: { readonly count: number; readonly windowS: number };
}

/** The edge on a real queue, meta store and blob store in a folder of its own, with project 1 and its key. */
export async function startEdge(setup: EdgeSetup = {}): Promise<TestEdge> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-ingest-"));
  const meta = await openMeta(join(folder, "meta.sqlite"));
  await addProject(meta, setup);
  const queuePath = join(folder, "queue.sqlite");
  const queue = await openQueueWriter({ path: queuePath });
  const reader = await openQueueReader({ path: queuePath });
  const blobs = setup.blobs ?? new FileBlobStore(join(folder, "blobs"));
  const logged: string[] = [];
  let now = 1_790_000_000_000;
  const app = Fastify(setup.fastify ?? {});
  const log = createLog({ human: false, write: (line) => void logged.push(line) });
  const ports = { queue, blobs, meta: meta.db, now: () => now, log };
  const ingest = await registerIngest(app, ports, { outcomeFlushMs: 3_600_000, ...setup.options });
  return {
    app,
    ingest,
    meta,
    blobs,
    queue,
    logged,
    setNow: (ms) => {
      now = ms;
    },
    records: async () => (await readAll(reader)).filter(({ item }) => item.type !== "outcomes"),
    outcomes: async () => {
      await ingest.close();
      const all = await readAll(reader);
      return all.filter(({ item }) => item.type === "outcomes").flatMap(({ body }) => describeCounts(body));
    },
    close: async () => {
      await app.close();
      await ingest.close();
      await reader.close();
      await queue.close();
      await meta.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `X-Sentry-Auth` as an SDK writes it. */
export function sentryAuth(key: string = testKey): { "x-sentry-auth": string } {
  return { "x-sentry-auth": `Sentry sentry_key=${key}, sentry_version=7, sentry_client=sentry.test/1.0` };
}

/** An envelope as text: header, then each item's header and payload. */
export function envelopeText(header: object, ...items: readonly (readonly [object, string])[]): string {
  return [header, ...items.flat()]
    .map((line) => (typeof line === "string" ? line : JSON.stringify(line)))
    .join("\n");
}

async function addProject(meta: MetaHandle, { settings = {}, keyLimit }: EdgeSetup): Promise<void> {
  const organization = { slug: "default", name: "Default", created_at: 0, settings: "{}" };
  await meta.db
    .insertInto("organization")
    .values({ ...organization, id: 1 })
    .execute();
  await meta.db
    .insertInto("project")
    .values({
      id: 1,
      organization_id: 1,
      slug: "default",
      name: "Default",
      status: "active",
      created_at: 0,
      settings: JSON.stringify(settings),
      next_short_id: 1,
      revision: 1,
    })
    .execute();
  await meta.db
    .insertInto("project_key")
    .values({
      public_key: testKey,
      project_id: 1,
      label: "Default",
      is_active: 1,
      rate_limit_count: keyLimit?.count ?? null,
      rate_limit_window_s: keyLimit?.windowS ?? null,
      created_at: 0,
    })
    .execute();
}

function readAll(reader: QueueReader): Promise<readonly QueueRecord[]> {
  return reader.read({ after: 0, maxRecords: 10_000, maxBytes: 1e9 });
}

interface Count {
  readonly category: string;
  readonly outcome: string;
  readonly reason: string;
  readonly quantity: number;
}

function describeCounts(body: Buffer): readonly string[] {
  const counts = JSON.parse(body.toString("utf8")) as readonly Count[];
  return counts.map((one) => `${one.category} ${one.outcome}/${one.reason} ${one.quantity}`);
}
