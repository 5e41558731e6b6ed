import { ChannelType } from "discord-api-types/v10";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { FormErrors } from "../rules/form-errors.js";
import { readText, type JsonObject } from "../rules/form-reader.js";
import { MESSAGE_LIMITS, readMessageForm } from "../rules/message-form.js";
import type { SandboxChannel } from "../state/guild.js";
import {
  contentOf,
  isEmptyMessage,
  newThread,
  postMessage,
  type CheckedBody,
} from "../state/post-message.js";
import { toApiChannel, toApiMessage } from "./api-shapes.js";
import { findChannel, findMessage } from "./channel-routes.js";
import { readJsonBody } from "./message-body.js";
import { Refusal, refuseInvalid } from "./refusal.js";
import type { RouteContext } from "./route-context.js";

const AUTO_ARCHIVE_MINUTES: readonly unknown[] = [60, 1_440, 4_320, 10_080];

/** Starting, archiving and locking threads: https://discord.com/developers/docs/topics/threads */
export function threadRoutes(app: FastifyInstance, context: RouteContext): void {
  const { world } = context;
  app.post("/channels/:channelId/messages/:messageId/threads", async (request, reply) => {
    const thread = await startFromMessage(context, request);
    return reply.code(201).send(toApiChannel(world, thread));
  });
  app.post("/channels/:channelId/threads", async (request, reply) => {
    const answer = await startForumPost(context, request);
    return reply.code(201).send(answer);
  });
  app.patch("/channels/:channelId", async (request) => {
    const channel = findChannel(context, request);
    const body = await readJsonBody(request);
    const errors = new FormErrors();
    channel.name =
      readText(errors, { path: ["name"], value: body["name"], max: MESSAGE_LIMITS.threadName }) ??
      channel.name;
    refuseInvalid(errors);
    if (channel.thread && typeof body["archived"] === "boolean") channel.thread.archived = body["archived"];
    if (channel.thread && typeof body["locked"] === "boolean") channel.thread.locked = body["locked"];
    world.log.announce({ kind: "channels" });
    return toApiChannel(world, channel);
  });
}

/** One thread for each message; it takes the message's id. */
async function startFromMessage(context: RouteContext, request: FastifyRequest): Promise<SandboxChannel> {
  const { world } = context;
  const message = findMessage(context, request);
  const { name, autoArchiveMinutes } = readThread(await readJsonBody(request));
  if (message.threadId) throw new Refusal("threadExists");
  const state = newThread(world.guild.botId, world.now(), autoArchiveMinutes);
  const thread = world.guild.createThread({ id: message.id, name, parentId: message.channelId, state });
  world.log.announce({ kind: "channels" });
  world.log.replace({ ...message, threadId: thread.id });
  return thread;
}

async function startForumPost(
  context: RouteContext,
  request: FastifyRequest,
): Promise<Record<string, unknown>> {
  const { world } = context;
  const channel = findChannel(context, request);
  if (channel.type !== ChannelType.GuildForum) throw new Refusal("threadNotInForum");
  const body = await readJsonBody(request);
  const { name } = readThread(body);
  const payload = { ...(body["message"] as JsonObject | undefined), thread_name: name };
  const { form, errors } = readMessageForm(payload, { sender: "bot", withComponents: true });
  refuseInvalid(errors);
  const checked: CheckedBody = { form, files: [], raw: body, userAgent: request.headers["user-agent"] ?? "" };
  if (isEmptyMessage(contentOf(world, checked, "bot"))) throw new Refusal("emptyMessage");
  const message = postMessage(world, { channel, webhook: undefined }, checked);
  const thread = world.guild.channel(message.channelId);
  if (!thread) throw new Refusal("unknownChannel");
  return { ...toApiChannel(world, thread), message: toApiMessage(world, message, context.baseUrl()) };
}

function readThread(body: JsonObject): {
  readonly name: string;
  readonly autoArchiveMinutes: number | undefined;
} {
  const errors = new FormErrors();
  const name = readText(errors, {
    path: ["name"],
    value: body["name"],
    max: MESSAGE_LIMITS.threadName,
    required: true,
  });
  const minutes = body["auto_archive_duration"];
  if (minutes !== undefined && minutes !== null && !AUTO_ARCHIVE_MINUTES.includes(minutes)) {
    const message = `Value must be one of (${AUTO_ARCHIVE_MINUTES.join(", ")}).`;
    errors.add(["auto_archive_duration"], "BASE_TYPE_CHOICES", message);
  }
  refuseInvalid(errors);
  return { name: name ?? "", autoArchiveMinutes: typeof minutes === "number" ? minutes : undefined };
}
