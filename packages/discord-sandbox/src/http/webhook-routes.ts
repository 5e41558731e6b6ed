import { ChannelType } from "discord-api-types/v10";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { FormErrors } from "../rules/form-errors.js";
import { readUsername } from "../rules/message-form.js";
import type { SandboxChannel, SandboxWebhook } from "../state/guild.js";
import type { StoredMessage } from "../state/message-log.js";
import {
  contentOf,
  editedMessage,
  isEmptyMessage,
  postMessage,
  type CheckedBody,
} from "../state/post-message.js";
import { toApiMessage, toApiWebhook } from "./api-shapes.js";
import { readJsonBody, readMessageBody } from "./message-body.js";
import { Refusal, refuseInvalid } from "./refusal.js";
import { requireSnowflake, type ApiParams, type RouteContext } from "./route-context.js";

interface WebhookQuery {
  readonly wait?: string;
  readonly thread_id?: string;
  readonly with_components?: string;
}

/** Webhook calls with a token: https://discord.com/developers/docs/resources/webhook */
export function webhookRoutes(app: FastifyInstance, context: RouteContext): void {
  const path = "/webhooks/:webhookId/:token";
  app.get(path, async (request) => {
    const webhook = findWebhook(context, request);
    return toApiWebhook(context.world, webhook, context.baseUrl());
  });
  app.patch(path, async (request) => renameWebhook(context, request));
  app.delete(path, async (request, reply) => {
    context.world.deleteWebhook(findWebhook(context, request).id);
    return reply.code(204).send();
  });
  app.post(path, async (request, reply) => {
    const message = await executeWebhook(context, request);
    if (!isTrue((request.query as WebhookQuery).wait)) return reply.code(204).send();
    return toApiMessage(context.world, message, context.baseUrl());
  });
  webhookMessageRoutes(app, context);
}

function webhookMessageRoutes(app: FastifyInstance, context: RouteContext): void {
  const path = "/webhooks/:webhookId/:token/messages/:messageId";
  app.get(path, async (request) => {
    const message = findOwnMessage(context, request);
    return toApiMessage(context.world, message, context.baseUrl());
  });
  app.patch(path, async (request) => {
    const message = findOwnMessage(context, request);
    const edited = editedMessage(context.world, message, await readBody(request));
    if (isEmptyMessage(edited)) throw new Refusal("emptyMessage");
    context.world.log.replace(edited);
    return toApiMessage(context.world, edited, context.baseUrl());
  });
  app.delete(path, async (request, reply) => {
    context.world.log.remove(findOwnMessage(context, request).id);
    return reply.code(204).send();
  });
}

async function executeWebhook(context: RouteContext, request: FastifyRequest): Promise<StoredMessage> {
  const { world } = context;
  const webhook = findWebhook(context, request);
  const body = await readBody(request);
  const channel = destination(context, webhook, { request, body });
  if (isEmptyMessage(contentOf(world, body, "webhook"))) throw new Refusal("emptyMessage");
  return postMessage(world, { channel, webhook }, body);
}

/** The webhook's channel or the thread asked for; forums need a thread or the name of a new one. */
function destination(
  { world }: RouteContext,
  webhook: SandboxWebhook,
  { request, body }: { readonly request: FastifyRequest; readonly body: CheckedBody },
): SandboxChannel {
  const channel = world.guild.channel(webhook.channelId);
  if (!channel) throw new Refusal("unknownChannel");
  const { thread_id: threadId } = request.query as WebhookQuery;
  const isForum = channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia;
  const { threadName } = body.form;
  if (threadName !== undefined && !isForum) throw new Refusal("threadNotInForum");
  if (threadName !== undefined && threadId !== undefined) throw new Refusal("threadNameAndId");
  if (threadId === undefined) {
    if (isForum && threadName === undefined) throw new Refusal("threadNameNeeded");
    return channel;
  }
  const thread = world.guild.channel(threadId);
  if (!thread?.thread || thread.parentId !== channel.id) throw new Refusal("unknownChannel");
  if (thread.thread.locked) throw new Refusal("threadLocked");
  return thread;
}

async function renameWebhook(
  context: RouteContext,
  request: FastifyRequest,
): Promise<Record<string, unknown>> {
  const webhook = findWebhook(context, request);
  const { name } = await readJsonBody(request);
  const errors = new FormErrors();
  const checked = readUsername(errors, name, "name");
  refuseInvalid(errors);
  webhook.name = checked ?? webhook.name;
  return toApiWebhook(context.world, webhook, context.baseUrl());
}

function findWebhook({ world }: RouteContext, request: FastifyRequest): SandboxWebhook {
  const { webhookId, token } = request.params as ApiParams;
  requireSnowflake("webhook_id", webhookId);
  const webhook = world.guild.webhook(webhookId ?? "");
  if (!webhook) throw new Refusal("unknownWebhook");
  if (webhook.token !== token) throw new Refusal("invalidWebhookToken");
  return webhook;
}

/** A webhook sees its own messages only, and those in a thread only when the thread is named. */
function findOwnMessage(context: RouteContext, request: FastifyRequest): StoredMessage {
  const webhook = findWebhook(context, request);
  const { messageId } = request.params as ApiParams;
  requireSnowflake("message_id", messageId);
  const message = context.world.log.get(messageId ?? "");
  const place = (request.query as WebhookQuery).thread_id ?? webhook.channelId;
  if (message?.webhookId !== webhook.id || message.channelId !== place) throw new Refusal("unknownMessage");
  return message;
}

function readBody(request: FastifyRequest): Promise<CheckedBody> {
  const withComponents = isTrue((request.query as WebhookQuery).with_components);
  return readMessageBody(request, { sender: "webhook", withComponents });
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ["true", "1"].includes(value.toLowerCase());
}
