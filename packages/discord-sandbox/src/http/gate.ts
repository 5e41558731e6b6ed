import type { FastifyReply, FastifyRequest } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../state/faults.js";
import type { World } from "../state/world.js";
import { rateLimitAnswer, type RateLimitRefusal } from "../state/rate-limiter.js";
import { Refusal } from "./refusal.js";
import type { ApiParams } from "./route-context.js";

const DEFAULT_SLOW_MS = 1_000;

/** Faults that let the call through first and spoil its answer. */
const spoiling = new WeakMap<FastifyRequest, Fault>();

/**
 * What every call passes before its route: an agent's name is asked for, then a fault may hit, then the limits.
 * https://discord.com/developers/docs/reference#user-agent
 */
export async function passGate(world: World, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!request.headers["user-agent"]) throw new Refusal("missingUserAgent");
  const params = request.params as ApiParams;
  const fault = world.faults.take(faultKeys(world, request, params));
  if (fault?.saveFirst && fault.kind !== "slow") spoiling.set(request, fault);
  else if (fault) await applyFault(fault, request, reply);
  if (!reply.sent) keepLimits(world, request, reply);
}

/** Runs before an answer leaves: applies a fault that waited for the message to be saved. */
export async function spoilAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const fault = spoiling.get(request);
  spoiling.delete(request);
  if (!fault) return payload;
  await sleep(fault.afterMs ?? 0);
  if (fault.kind === "status") {
    void reply.code(fault.status ?? 500).type("application/json");
    return JSON.stringify(faultBody(fault));
  }
  if (fault.kind === "rate_limit") {
    const { headers, body } = rateLimitAnswer(faultRefusal(fault));
    void reply.code(429).headers(headers).type("application/json");
    return JSON.stringify(body);
  }
  if (fault.kind === "hang") await connectionClosed(request);
  request.raw.socket.destroy();
  return payload;
}

async function applyFault(fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await sleep(fault.afterMs ?? (fault.kind === "slow" ? DEFAULT_SLOW_MS : 0));
  if (fault.kind === "status") await reply.code(fault.status ?? 500).send(faultBody(fault));
  else if (fault.kind === "rate_limit") await refuseCall(reply, faultRefusal(fault));
  else if (fault.kind === "hang" || fault.kind === "reset") {
    reply.hijack();
    if (fault.kind === "hang") await connectionClosed(request);
    request.raw.socket.destroy();
  }
}

function keepLimits(world: World, request: FastifyRequest, reply: FastifyReply): void {
  if (!world.limiter) return;
  const params = request.params as ApiParams;
  const { headers, refusal } = world.limiter.take({
    route: `${request.method} ${request.routeOptions.url ?? ""}`,
    major: params.webhookId ?? params.channelId ?? params.guildId ?? "",
    sharedChannel: sharedChannel(world, request, params),
    caller: request.headers.authorization ?? request.ip,
  });
  void reply.headers(headers);
  if (refusal) void refuseCall(reply, refusal);
}

/** Only messages sent through a webhook count for the limit which all webhooks of a channel share. */
function sharedChannel(world: World, request: FastifyRequest, params: ApiParams): string | undefined {
  if (request.method !== "POST" || params.webhookId === undefined) return undefined;
  return world.guild.webhook(params.webhookId)?.channelId;
}

function refuseCall(reply: FastifyReply, refusal: RateLimitRefusal): FastifyReply {
  const { headers, body } = rateLimitAnswer(refusal);
  return reply.code(429).headers(headers).send(body);
}

function faultRefusal(fault: Fault): RateLimitRefusal {
  return { retryAfterMs: (fault.retryAfter ?? 1) * 1000, scope: fault.global ? "global" : "user" };
}

function faultBody(fault: Fault): Record<string, unknown> {
  const status = fault.status ?? 500;
  return { message: fault.message ?? `${status}: injected by the sandbox`, code: fault.code ?? 0 };
}

/** Every name under which a fault may have been aimed at this call. */
function faultKeys(
  world: World,
  request: FastifyRequest,
  params: ApiParams,
): readonly (string | undefined)[] {
  const threadId = (request.query as { thread_id?: string }).thread_id;
  const channelId =
    params.channelId ?? (params.webhookId && world.guild.webhook(params.webhookId)?.channelId);
  const channel = channelId ? world.guild.channel(channelId) : undefined;
  return [params.webhookId, channelId, channel?.name, channel?.parentId ?? undefined, threadId];
}

function connectionClosed(request: FastifyRequest): Promise<void> {
  const { socket } = request.raw;
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => socket.once("close", () => resolve()));
}
