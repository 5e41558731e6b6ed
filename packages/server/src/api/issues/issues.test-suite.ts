import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import type { FastifyInstance, InjectOptions } from "fastify";
import { pino } from "pino";
import { readPosition } from "../../process/claim.js";
import { projectRulesCache } from "../../process/prepare/project-rules.js";
import { processBatch } from "../../process/process-batch.js";
import type { QueueReader, QueueWriter } from "../../queue/port.js";
import { openQueueReader, openQueueWriter } from "../../queue/sqlite/open-queue.js";
import { SecretBox } from "../../shared/secret-box.js";
import { FileBlobStore } from "../../store/blobs/files/file-blob-store.js";
import { ClickHouseStore } from "../../store/events/clickhouse-store.js";
import type { EngineFixture } from "../../store/events/embedded/engine-fixture.js";
import { startEngineFixture } from "../../store/events/embedded/engine-fixture.js";
import { migrateEvents } from "../../store/events/migrations/migrate-events.js";
import { openMeta } from "../../store/meta/connect.js";
import type { MetaHandle } from "../../store/meta/connect.js";
import { authenticateAll } from "../auth/authenticate-all.js";
import { sha256Hex } from "../../shared/ids.js";
import { accountsOf, createAuth, migrateAuth } from "../auth/create-auth.js";
import { scopes } from "../../domain/scope.js";
import type { Scope } from "../../domain/scope.js";
import { handleApiError } from "../http/error-handler.js";
import { acceptEmptyJson } from "../http/json-body.js";
import type { ApiPorts } from "../http/ports.js";
import { registerIssues } from "./register-issues.js";

/** A payload to feed, and what ingest would know of it. */
export interface Sent {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly project?: number;
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly eventId?: string;
  readonly attachment?: { readonly name: string; readonly type: string; readonly body: string };
}

const token = (name: string) => `sntryu_${sha256Hex(name)}`;

/** The API over real stores, fed through the real process stage. Projects: 1 `shop` (id 1), `admin-ui` (id 2). */
export class IssuesFixture {
  readonly app: FastifyInstance;
  readonly meta: MetaHandle;
  readonly events: ClickHouseStore;
  readonly ports: ApiPorts;
  readonly woken: string[] = [];
  /** Milliseconds since 1970; moved by hand. */
  now: number;
  userId = "";
  readonly #queue: { reader: QueueReader; writer: QueueWriter };
  readonly #closers: (() => Promise<unknown>)[] = [];
  #events = 0;
  static #databases = 0;

  private constructor(parts: {
    meta: MetaHandle;
    events: ClickHouseStore;
    queue: { reader: QueueReader; writer: QueueWriter };
    folder: string;
    now: number;
  }) {
    this.meta = parts.meta;
    this.events = parts.events;
    this.#queue = parts.queue;
    this.now = parts.now;
    this.app = Fastify({ routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 } });
    this.ports = {
      meta: parts.meta.db,
      events: parts.events,
      blobs: new FileBlobStore(join(parts.folder, "blobs")),
      queue: parts.queue.reader,
      secrets: new SecretBox([Buffer.alloc(32, 7)]),
      log: pino({ level: "error" }),
      now: () => this.now,
      publicUrl: "https://vedette.example.com",
      wake: (stage) => this.woken.push(stage),
    };
  }

  /** @param shared parts that outlive the fixture: a meta store to open, an engine to make a database in */
  static async start(shared: { target?: string; engine?: EngineFixture } = {}): Promise<IssuesFixture> {
    const folder = await mkdtemp(join(tmpdir(), "vedette-issues-"));
    const engine = shared.engine ?? (await startEngineFixture());
    const { socketPath } = engine.engine;
    const events = new ClickHouseStore({ socketPath, database: `issues_${++IssuesFixture.#databases}` });
    await events.createDatabase();
    await migrateEvents(events);
    const meta = await openMeta(shared.target ?? join(folder, "meta.db"));
    const path = join(folder, "queue.db");
    const queue = { writer: await openQueueWriter({ path }), reader: await openQueueReader({ path }) };
    const fixture = new IssuesFixture({ meta, events, queue, folder, now: Date.now() });
    fixture.#closers.push(
      () => fixture.app.close(),
      () => queue.writer.close(),
      () => queue.reader.close(),
      () => meta.close(),
      () => events.close(),
      async () => (shared.engine ? undefined : engine.dispose()),
      () => rm(folder, { recursive: true, force: true }),
    );
    await fixture.#prepare();
    return fixture;
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
  }

  async #prepare(): Promise<void> {
    const auth = createAuth({
      meta: this.meta.db,
      dialect: this.meta.dialect,
      secret: "s".repeat(40),
      publicUrl: this.ports.publicUrl,
      trustedOrigins: [],
    });
    await migrateAuth(auth);
    for (const slug of ["acme", "rival"]) await this.#organization(slug);
    await this.#project(1, "shop");
    await this.#project(1, "admin-ui");
    await this.#project(2, "secret");
    this.userId = await accountsOf(auth, this.meta.db).create({
      email: "ann@example.com",
      name: "Ann",
      password: "correct horse battery",
      oneTime: false,
    });
    await this.meta.db
      .insertInto("member")
      .values({ organization_id: 1, user_id: this.userId, role: "owner", created_at: this.now })
      .execute();
    await this.#token("ann", { organizationId: 1, userId: this.userId, granted: scopes });
    await this.#token("reader", { organizationId: 1, userId: null, granted: ["event:read"] });
    await this.#token("rival", { organizationId: 2, userId: null, granted: scopes });
    await this.app.register(
      async (scope) => {
        scope.setErrorHandler(handleApiError);
        acceptEmptyJson(scope);
        authenticateAll(scope, { auth, meta: this.meta.db, now: this.ports.now });
        await registerIssues(scope, this.ports);
      },
      { prefix: "/api/0" },
    );
  }

  async #organization(slug: string): Promise<void> {
    await this.meta.db
      .insertInto("organization")
      .values({
        slug,
        name: slug,
        created_at: this.now,
        alerts_stopped_at: null,
        alerts_stopped_by: null,
        settings: "{}",
      })
      .execute();
  }

  async #project(organizationId: number, slug: string): Promise<void> {
    await this.meta.db
      .insertInto("project")
      .values({
        organization_id: organizationId,
        slug,
        name: slug,
        platform: "node",
        status: "active",
        created_at: this.now,
        first_event_at: null,
        settings: "{}",
        next_short_id: 1,
        revision: 1,
      })
      .execute();
  }

  async #token(
    name: string,
    {
      organizationId,
      userId,
      granted,
    }: { organizationId: number; userId: string | null; granted: readonly Scope[] },
  ): Promise<void> {
    await this.meta.db
      .insertInto("api_token")
      .values({
        organization_id: organizationId,
        user_id: userId,
        name,
        token_hash: sha256Hex(token(name)),
        hint: "",
        scopes: JSON.stringify(granted),
        created_at: this.now,
        last_used_at: null,
        expires_at: null,
      })
      .execute();
  }

  /** Sends payloads the way of every event: queue, process, stores. */
  async feed(sent: readonly Sent[]): Promise<readonly string[]> {
    const ids: string[] = [];
    const entries = [];
    for (const one of sent) {
      const eventId = one.eventId ?? (++this.#events).toString(16).padStart(32, "a");
      ids.push(eventId);
      const attachments = one.attachment ? [await this.#attach(eventId, one.attachment)] : [];
      const at = one.at ?? this.now;
      entries.push({
        item: {
          type: "event",
          projectId: one.project ?? 1,
          publicKey: "k".repeat(32),
          eventId,
          receivedAt: at,
          sentAt: null,
          header: { type: "event" },
          clientIp: "203.0.113.7",
          userAgent: "",
          client: "sentry.javascript.node/11.0.0",
          envelope: {},
          attachments,
        },
        body: Buffer.from(JSON.stringify({ timestamp: at / 1_000, platform: "node", ...one.payload })),
      });
    }
    await this.#queue.writer.append(entries);
    const { position, attempts } = await readPosition(this.meta.db);
    const records = await this.#queue.reader.read({ after: position, maxRecords: 5_000, maxBytes: 1e9 });
    await processBatch(
      { ...this.ports, queue: this.#queue.reader, rules: projectRulesCache(this.meta.db) },
      {
        bounds: { after: position, upTo: records.at(-1)?.seq ?? position, attempt: attempts + 1 },
        records,
        signal: new AbortController().signal,
      },
    );
    return ids;
  }

  async #attach(eventId: string, { name, type, body }: NonNullable<Sent["attachment"]>) {
    const blobKey = `attachments/1/${eventId}`;
    await this.ports.blobs.put(blobKey, Buffer.from(body));
    return {
      itemType: "attachment",
      name,
      contentType: type,
      attachmentType: "event.attachment",
      sizeBytes: Buffer.byteLength(body),
      blobKey,
    };
  }

  /** Asks the API as Ann, the owner, unless somebody else is named. */
  async ask(method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: object, as = "ann") {
    const options: InjectOptions = {
      method,
      url: `/api/0${path}`,
      headers: { authorization: `Bearer ${token(as)}` },
      ...(body ? { payload: body } : {}),
    };
    const answer = await this.app.inject(options);
    const isJson = String(answer.headers["content-type"] ?? "").startsWith("application/json");
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      body: isJson && answer.body !== "" ? answer.json<unknown>() : null,
    };
  }

  /** Asks for something that must be there. */
  async get<T>(path: string): Promise<T> {
    const answer = await this.ask("GET", path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body as T;
  }
}

/** An error of this type, thrown from a file and function of its own. */
export function failure(type: string, fields: Readonly<Record<string, unknown>> = {}) {
  const frame = { filename: `/app/${type}.js`, function: `do${type}`, lineno: 7, colno: 3, in_app: true };
  return {
    level: "error",
    environment: "production",
    exception: {
      values: [
        {
          type,
          value: `${type} happened`,
          mechanism: { type: "generic", handled: false },
          stacktrace: {
            frames: [{ ...frame, context_line: "throw it", pre_context: ["a", "b"], post_context: ["c"] }],
          },
        },
      ],
    },
    ...fields,
  };
}
