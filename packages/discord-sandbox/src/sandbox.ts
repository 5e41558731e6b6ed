import Fastify, { type FastifyInstance } from "fastify";
import type { AddressInfo } from "node:net";
import { adminRoutes } from "./http/admin-routes.js";
import { discordRoutes } from "./http/discord-routes.js";
import {
  listFeedChannels,
  selectMessages,
  toFeedMessage,
  type FeedChannel,
  type FeedMessage,
} from "./http/feed.js";
import { feedRoutes } from "./http/feed-routes.js";
import { pageRoutes } from "./http/page-routes.js";
import { Refusal } from "./http/refusal.js";
import type { RouteContext } from "./http/route-context.js";
import type { Fault, FaultRequest } from "./state/faults.js";
import type { ChannelRequest } from "./state/guild.js";
import { DEFAULT_RATE_LIMITS, type RateLimits } from "./state/rate-limiter.js";
import { World } from "./state/world.js";

/** How the stand-in starts; every property has a default. */
export interface SandboxOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Text channels with a webhook by name, or whole requests. Default none. */
  readonly channels?: readonly (string | ChannelRequest)[];
  /** False: none. Default: Discord's observed limits; single ones may be replaced. */
  readonly rateLimit?: false | Partial<RateLimits>;
  /** Messages kept. Default 5000. */
  readonly maxMessages?: number;
  /** What `Authorization: Bot …` has to carry. Default `sandbox-bot-token`. */
  readonly botToken?: string;
  /** Unix milliseconds, for limits, ids and times. Default Date.now. */
  readonly now?: () => number;
}

/** A running stand-in. */
export interface DiscordSandbox {
  /** `http://127.0.0.1:PORT`; the API is under `${url}/api`. */
  readonly url: string;
  readonly address: AddressInfo;
  readonly botToken: string;
  readonly guildId: string;
  /** All channels and threads as they are now. */
  readonly channels: readonly FeedChannel[];
  /** The channel of this name. Throws when there is none. */
  channel(name: string): FeedChannel;
  /** Creates a channel (with a webhook unless told otherwise). */
  createChannel(request: ChannelRequest): FeedChannel;
  /** Deletes a webhook as a person would; its URL answers 404 with code 10015 from now on. */
  deleteWebhook(webhookId: string): void;
  /** Kept messages, oldest first. */
  messages(filter?: { readonly channel?: string; readonly since?: string }): readonly FeedMessage[];
  /** The first message, now or within the time, that satisfies the predicate. Rejects when none comes. */
  waitForMessage(predicate: (message: FeedMessage) => boolean, timeoutMs: number): Promise<FeedMessage>;
  /** Puts a fault in force; without `times` until `clearFaults` or `reset`. */
  injectFault(request: FaultRequest): Fault;
  clearFaults(): void;
  /** Back to the start: first channels and webhooks, no messages, no faults, fresh limits. */
  reset(): void;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
}

const DEFAULT_MAX_MESSAGES = 5_000;
const DEFAULT_BOT_TOKEN = "sandbox-bot-token";
const MAX_BODY_BYTES = 110 * 1024 * 1024;
/** Internal prefix of Discord's own routes, so that its versions and spellings meet in one place. */
const API = "/@api";

/** Starts a stand-in for Discord and resolves once it listens. Rejects when the port is taken. */
export async function startDiscordSandbox(options: SandboxOptions = {}): Promise<DiscordSandbox> {
  const world = new World({
    channels: (options.channels ?? []).map((each) => (typeof each === "string" ? { name: each } : each)),
    maxMessages: options.maxMessages ?? DEFAULT_MAX_MESSAGES,
    rateLimits: options.rateLimit === false ? false : { ...DEFAULT_RATE_LIMITS, ...options.rateLimit },
    botToken: options.botToken ?? DEFAULT_BOT_TOKEN,
    now: options.now ?? Date.now,
  });
  let url = "";
  const app = await buildApp({ world, baseUrl: () => url });
  await app.listen({ port: options.port ?? 0, host: options.host ?? "127.0.0.1" });
  const address = app.server.address() as AddressInfo;
  url = urlOf(address);
  return handleOf(world, app, { url, address });
}

async function buildApp(context: RouteContext): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    rewriteUrl: ({ url }) => rewriteApiUrl(url ?? "/"),
    routerOptions: { maxParamLength: 500 },
  });
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send(new Refusal("notFound").toBody()));
  await app.register(async (scope) => discordRoutes(scope, context), { prefix: API });
  feedRoutes(app, context);
  adminRoutes(app, context);
  pageRoutes(app, context);
  await app.ready();
  return app;
}

/** `/api/v10/webhooks/…`, `/api/webhooks/…`, `/v10/webhooks/…` and `/webhooks/…` are one route; `@me` may come encoded. */
function rewriteApiUrl(url: string): string {
  const match = /^(?:\/api)?(?:\/v(?:6|7|8|9|10))?(\/(?:webhooks|channels|users|guilds)\/.*)$/.exec(url);
  if (match) return `${API}${match[1]?.replace("/%40me", "/@me")}`;
  return url.startsWith("/api/") ? `${API}/unknown` : url;
}

/** An address that listens everywhere is reached through the loopback. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://127.0.0.1:${port}`;
  return family === "IPv6" ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}

function handleOf(
  world: World,
  app: FastifyInstance,
  place: { readonly url: string; readonly address: AddressInfo },
): DiscordSandbox {
  const { url, address } = place;
  const channel = (name: string): FeedChannel => {
    const found = listFeedChannels(world, url).find((each) => each.name === name);
    if (!found) throw new Error(`The sandbox has no channel named ${name}`);
    return found;
  };
  return {
    url,
    address,
    botToken: world.botToken,
    guildId: world.guild.id,
    get channels() {
      return listFeedChannels(world, url);
    },
    channel,
    createChannel: (request) => channel(world.createChannel(request).channel.name),
    deleteWebhook: (webhookId) => void world.deleteWebhook(webhookId),
    messages: (filter = {}) => selectMessages(world, filter).map((each) => toFeedMessage(world, each, url)),
    waitForMessage: (predicate, timeoutMs) => waitForMessage(world, { predicate, timeoutMs, url }),
    injectFault: (request) => world.faults.inject(request),
    clearFaults: () => void world.faults.remove(),
    reset: () => world.reset(),
    stop: () => app.close(),
  };
}

/** Looks at every kept message, then at each that is sent or edited until the time is over. */
function waitForMessage(
  world: World,
  wait: {
    readonly predicate: (message: FeedMessage) => boolean;
    readonly timeoutMs: number;
    readonly url: string;
  },
): Promise<FeedMessage> {
  const { predicate, timeoutMs, url } = wait;
  const known = world.log.all().map((each) => toFeedMessage(world, each, url));
  const found = known.find(predicate);
  if (found) return Promise.resolve(found);
  return new Promise((resolve, reject) => {
    const unsubscribe = world.log.subscribe((event) => {
      if (event.kind !== "message" && event.kind !== "edit") return;
      const message = toFeedMessage(world, event.message, url);
      if (!predicate(message)) return;
      clearTimeout(timer);
      unsubscribe();
      resolve(message);
    });
    const timer = setTimeout(() => {
      unsubscribe();
      reject(
        new Error(`No such message within ${timeoutMs} ms; ${world.log.all().length} messages are kept`),
      );
    }, timeoutMs);
  });
}
