import type { FastifyInstance } from "fastify";
import { FAULT_KINDS, type FaultRequest } from "../state/faults.js";
import { CREATABLE_TYPES, type ChannelRequest } from "../state/guild.js";
import { isJsonObject } from "../rules/form-reader.js";
import { listFeedChannels, toFeedChannel } from "./feed.js";
import type { RouteContext } from "./route-context.js";

/** The stand-in's own controls, which the real service has not. */
export function adminRoutes(app: FastifyInstance, context: RouteContext): void {
  const { world, baseUrl } = context;
  app.get("/_sandbox/state", async () => ({
    guildId: world.guild.id,
    botToken: world.botToken,
    channels: listFeedChannels(world, baseUrl()),
    faults: world.faults.all,
    messageCount: world.log.all().length,
  }));
  app.post("/_sandbox/channels", async (request, reply) => {
    const wanted = readChannelRequest(request.body);
    if (typeof wanted === "string") return reply.code(400).send({ message: wanted, code: 0 });
    const { channel } = world.createChannel(wanted);
    return reply.code(201).send(toFeedChannel(world, channel, baseUrl()));
  });
  app.delete("/_sandbox/webhooks/:webhookId", async (request, reply) => {
    const { webhookId } = request.params as { webhookId: string };
    if (world.deleteWebhook(webhookId)) return reply.code(204).send();
    return reply.code(404).send({ message: "Unknown Webhook", code: 10_015 });
  });
  faultRoutes(app, context);
  app.post("/_sandbox/reset", async (_request, reply) => {
    world.reset();
    return reply.code(204).send();
  });
}

function faultRoutes(app: FastifyInstance, { world }: RouteContext): void {
  app.get("/_sandbox/faults", async () => world.faults.all);
  app.post("/_sandbox/faults", async (request, reply) => {
    const fault = readFaultRequest(request.body);
    if (typeof fault === "string") return reply.code(400).send({ message: fault, code: 0 });
    return reply.code(201).send(world.faults.inject(fault));
  });
  app.delete("/_sandbox/faults", async (request) => ({
    removed: world.faults.remove(request.query as { id?: string; target?: string }),
  }));
  app.delete("/_sandbox/faults/:id", async (request) => ({
    removed: world.faults.remove(request.params as { id: string }),
  }));
}

/** The request, or what is wrong with it. */
function readChannelRequest(body: unknown): ChannelRequest | string {
  if (!isJsonObject(body)) return 'Send a JSON object such as {"name": "sentry-errors"}';
  const { name, webhook, category, type } = body;
  if (typeof name !== "string" || name.trim() === "" || name.length > 100)
    return "name: 1 to 100 characters are needed";
  if (type !== undefined && !(typeof type === "number" && CREATABLE_TYPES.has(type))) {
    return `type: one of ${[...CREATABLE_TYPES.keys()].join(", ")} is needed`;
  }
  return {
    name: name.trim(),
    webhook: webhook !== false,
    ...(typeof category === "string" && { category }),
    ...(typeof type === "number" && { type }),
  };
}

/** The request, or what is wrong with it. */
function readFaultRequest(body: unknown): FaultRequest | string {
  const kinds: readonly unknown[] = FAULT_KINDS;
  if (!isJsonObject(body) || !kinds.includes(body["kind"]))
    return `kind: one of ${FAULT_KINDS.join(", ")} is needed`;
  for (const key of ["status", "code", "retryAfter", "times", "afterMs"]) {
    const value = body[key];
    if (value !== undefined && (typeof value !== "number" || !(value >= 0)))
      return `${key}: a number from 0 up is needed`;
  }
  if (body["times"] === 0) return "times: at least 1 is needed; leave it out for no end";
  const { status } = body;
  if (typeof status === "number" && (status < 200 || status > 599)) return "status: 200 to 599 is needed";
  if (body["target"] !== undefined && typeof body["target"] !== "string")
    return "target: an id, a channel's name or * is needed";
  return body as unknown as FaultRequest;
}
