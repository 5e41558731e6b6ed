import { ChannelType } from "discord-api-types/v10";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { SandboxChannel } from "../state/guild.js";
import type { StoredMessage } from "../state/message-log.js";
import { contentOf, editedMessage, isEmptyMessage, postMessage } from "../state/post-message.js";
import { toApiBot, toApiChannel, toApiMessage } from "./api-shapes.js";
import { readMessageBody } from "./message-body.js";
import { Refusal } from "./refusal.js";
import { requireSnowflake, type ApiParams, type RouteContext } from "./route-context.js";

const DEFAULT_PAGE = 50;
const MAX_PAGE = 100;

/** Calls of a bot: https://discord.com/developers/docs/resources/channel and …/resources/message */
export function channelRoutes(app: FastifyInstance, context: RouteContext): void {
  const { world } = context;
  app.get("/users/@me", async (request) => {
    requireBot(context, request);
    return toApiBot(world);
  });
  app.get("/guilds/:guildId/channels", async (request) => {
    requireBot(context, request);
    if ((request.params as ApiParams).guildId !== world.guild.id) throw new Refusal("unknownGuild");
    return world.guild.channels
      .filter(({ thread }) => !thread)
      .map((channel) => toApiChannel(world, channel));
  });
  app.get("/channels/:channelId", async (request) => toApiChannel(world, findChannel(context, request)));
  messageRoutes(app, context);
  reactionRoute(app, context);
}

function messageRoutes(app: FastifyInstance, context: RouteContext): void {
  const { world } = context;
  const shape = (message: StoredMessage): Record<string, unknown> =>
    toApiMessage(world, message, context.baseUrl());
  app.get("/channels/:channelId/messages", async (request) => listMessages(context, request).map(shape));
  app.post("/channels/:channelId/messages", async (request) => shape(await createMessage(context, request)));
  const path = "/channels/:channelId/messages/:messageId";
  app.get(path, async (request) => shape(findMessage(context, request)));
  app.patch(path, async (request) => {
    const message = findMessage(context, request);
    if (message.webhookId) throw new Refusal("foreignMessage");
    const body = await readMessageBody(request, { sender: "bot", withComponents: true });
    const edited = editedMessage(world, message, body);
    if (isEmptyMessage(edited)) throw new Refusal("emptyMessage");
    world.log.replace(edited);
    return shape(edited);
  });
  app.delete(path, async (request, reply) => {
    world.log.remove(findMessage(context, request).id);
    return reply.code(204).send();
  });
}

function reactionRoute(app: FastifyInstance, context: RouteContext): void {
  app.put("/channels/:channelId/messages/:messageId/reactions/:emoji/@me", async (request, reply) => {
    const message = findMessage(context, request);
    const emoji = (request.params as ApiParams).emoji ?? "";
    context.world.log.replace({ ...message, reactions: new Map(message.reactions).set(emoji, 1) });
    return reply.code(204).send();
  });
}

/**
 * With `enforce_nonce` a repeat within five minutes returns the first message and sends nothing.
 * https://discord.com/developers/docs/resources/message#create-message
 */
async function createMessage(context: RouteContext, request: FastifyRequest): Promise<StoredMessage> {
  const { world } = context;
  const channel = findChannel(context, request);
  if (channel.type === ChannelType.GuildCategory || channel.type === ChannelType.GuildForum)
    throw new Refusal("notAText");
  if (channel.thread?.locked) throw new Refusal("threadLocked");
  const body = await readMessageBody(request, { sender: "bot", withComponents: true });
  if (isEmptyMessage(contentOf(world, body, "bot"))) throw new Refusal("emptyMessage");
  const { nonce, enforceNonce } = body.form;
  const key = `${channel.id}:${nonce}`;
  const first = nonce !== undefined && enforceNonce ? world.log.byNonce(key, world.now()) : undefined;
  if (first) return first;
  const message = postMessage(world, { channel, webhook: undefined }, body);
  if (nonce !== undefined) world.log.rememberNonce(key, message.id, world.now());
  return message;
}

/** Newest first, as Discord lists them. */
function listMessages(context: RouteContext, request: FastifyRequest): readonly StoredMessage[] {
  const channel = findChannel(context, request);
  const query = request.query as { limit?: string; after?: string; before?: string };
  const limit = Math.min(MAX_PAGE, Math.max(1, Number(query.limit ?? DEFAULT_PAGE) || DEFAULT_PAGE));
  const inRange = ({ id }: StoredMessage): boolean =>
    (!query.after || BigInt(id) > BigInt(query.after)) &&
    (!query.before || BigInt(id) < BigInt(query.before));
  for (const key of ["after", "before"] as const)
    if (query[key] !== undefined) requireSnowflake(key, query[key]);
  const messages = context.world.log
    .all()
    .filter((message) => message.channelId === channel.id && inRange(message));
  return messages.toReversed().slice(0, limit);
}

/** Throws 401 unless the call carries the bot's token. */
function requireBot({ world }: RouteContext, request: FastifyRequest): void {
  if (request.headers.authorization !== `Bot ${world.botToken}`) throw new Refusal("unauthorized");
}

/** The channel of the path, for a bot. Throws 401 or 404 as Discord does. */
export function findChannel(context: RouteContext, request: FastifyRequest): SandboxChannel {
  requireBot(context, request);
  const { channelId } = request.params as ApiParams;
  requireSnowflake("channel_id", channelId);
  const channel = context.world.guild.channel(channelId ?? "");
  if (!channel) throw new Refusal("unknownChannel");
  return channel;
}

/** The message of the path, for a bot. Throws 401 or 404 as Discord does. */
export function findMessage(context: RouteContext, request: FastifyRequest): StoredMessage {
  const channel = findChannel(context, request);
  const { messageId } = request.params as ApiParams;
  requireSnowflake("message_id", messageId);
  const message = context.world.log.get(messageId ?? "");
  if (message?.channelId !== channel.id) throw new Refusal("unknownMessage");
  return message;
}
