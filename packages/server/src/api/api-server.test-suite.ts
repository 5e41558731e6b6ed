import Fastify from "fastify";
import type { FastifyInstance, InjectOptions } from "fastify";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap } from "../actions/bootstrap.js";
import type { BootstrapResult } from "../actions/bootstrap.js";
import { openQueueReader } from "../queue/sqlite/open-queue.js";
import { sha256Hex } from "../shared/ids.js";
import { createLog } from "../shared/log.js";
import { SecretBox } from "../shared/secret-box.js";
import { FileBlobStore } from "../store/blobs/files/file-blob-store.js";
import { ClickHouseStore } from "../store/events/clickhouse-store.js";
import { openMeta } from "../store/meta/connect.js";
import { metaKinds } from "../store/meta/meta.test-suite.js";
import type { MetaKind } from "../store/meta/meta.test-suite.js";
import type { EventStore } from "../store/port.js";
import { accountsOf, createAuth, migrateAuth } from "./auth/create-auth.js";
import type { Accounts } from "./auth/create-auth.js";
import type { ApiPorts } from "./http/ports.js";
import { registerApi } from "./register-api.js";

/** Where the API believes to be reached, unless a test says otherwise. */
export const publicUrl = "http://vedette.test:9000";
/** Has every right in the organisation `default`. */
export const ownerToken = `sntryu_${"0".repeat(64)}`;
export const admin = { email: "owner@vedette.test", password: "correct horse battery" } as const;

/** The web API on real stores, asked by `inject`. */
export interface ApiServer {
  readonly app: FastifyInstance;
  readonly ports: ApiPorts;
  readonly accounts: Accounts;
  readonly firstStart: BootstrapResult;
  /** Routes of the app, as Fastify reported them. */
  readonly routes: readonly { method: string; url: string }[];
  /** Moves the clock the API goes by, in milliseconds. */
  advance(ms: number): void;
  /** Asks as the owner's token unless `token` says otherwise (null: nobody). */
  ask(method: Method, path: string, options?: AskOptions): Promise<Answer>;
  dispose(): Promise<void>;
}

export type Method = "GET" | "POST" | "PUT" | "DELETE" | "PATCH";

export interface AskOptions {
  readonly body?: unknown;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into JSON of many shapes
  readonly body: any;
}

/** Serves the API over a fresh meta store. Without `events`, what reads events answers 503. */
export async function startApiServer(
  options: { events?: EventStore; kind?: MetaKind; publicUrl?: string } = {},
): Promise<ApiServer> {
  const kind = options.kind ?? metaKinds()[0];
  if (!kind) throw new Error("there is no kind of meta store");
  const place = await kind.makePlace();
  const folder = mkdtempSync(join(tmpdir(), "vedette-api-"));
  const meta = await openMeta(place.target);
  const queue = await openQueueReader({ path: join(folder, "queue.sqlite") });
  const events = options.events ?? new ClickHouseStore({ socketPath: join(folder, "nobody.sock") });
  let skewMs = 0;
  const ports: ApiPorts = {
    meta: meta.db,
    events,
    blobs: new FileBlobStore(join(folder, "blobs")),
    queue,
    secrets: new SecretBox([randomBytes(32)]),
    log: createLog({ level: "silent" }),
    now: () => Date.now() + skewMs,
    publicUrl: options.publicUrl ?? publicUrl,
    wake: () => undefined,
  };
  const auth = createAuth({
    meta: meta.db,
    dialect: meta.dialect,
    secret: "a secret for tests of 32 characters",
    publicUrl: ports.publicUrl,
    trustedOrigins: [],
  });
  await migrateAuth(auth);
  const accounts = accountsOf(auth, meta.db);
  const firstStart = await bootstrap(
    { meta: meta.db, accounts, now: ports.now },
    { adminEmail: admin.email, adminPassword: admin.password, publicKey: "a".repeat(32), token: ownerToken },
  );
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 } });
  const routes: { method: string; url: string }[] = [];
  app.addHook("onRoute", ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url });
  });
  await registerApi(app, ports, auth);
  await app.ready();
  return {
    app,
    ports,
    accounts,
    firstStart,
    routes,
    advance: (ms) => (skewMs += ms),
    ask: (method, path, asked) => ask(app, { method, path, ...asked }),
    dispose: async () => {
      await app.close();
      if (!options.events) await events.close();
      await queue.close();
      await meta.close();
      await place.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ask(
  app: FastifyInstance,
  { method, path, body, token = ownerToken, headers }: AskOptions & { method: Method; path: string },
): Promise<Answer> {
  const request: InjectOptions = {
    method,
    url: path.startsWith("/api/") ? path : `/api/0${path}`,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
  };
  const response = await app.inject(body === undefined ? request : { ...request, payload: body as object });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.body === "" ? null : (JSON.parse(response.body) as unknown),
  };
}

let addresses = 0;

/** Attempts are counted by address, over all servers of the process. */
function nextAddress(): string {
  addresses++;
  return `10.0.${addresses >> 8}.${addresses & 255}`;
}

/** Signs in as the page does. @returns the answer and the cookies to send from then on */
export async function signIn(
  { app, ports }: ApiServer,
  credentials: { email: string; password: string },
  from = nextAddress(),
) {
  const response = await app.inject({
    method: "POST",
    url: "/api/auth/sign-in/email",
    remoteAddress: from,
    headers: { origin: ports.publicUrl, "x-requested-with": "vedette" },
    payload: credentials,
  });
  const pairs = response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  return { response, cookie: pairs.join("; ") };
}

/** Makes a token of the organisation with these rights. */
export async function addToken(
  { ports }: ApiServer,
  token: { text: string; scopes: readonly string[]; organizationId?: number },
): Promise<string> {
  await ports.meta
    .insertInto("api_token")
    .values({
      organization_id: token.organizationId ?? 1,
      user_id: null,
      name: token.text,
      token_hash: sha256Hex(token.text),
      hint: token.text.slice(-4),
      scopes: JSON.stringify(token.scopes),
      created_at: ports.now(),
      last_used_at: null,
      expires_at: null,
    })
    .execute();
  return token.text;
}
