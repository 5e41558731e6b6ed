import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LogEvent } from "../state/message-log.js";
import { listFeedChannels, selectMessages, toFeedMessage } from "./feed.js";
import type { RouteContext } from "./route-context.js";

const HEARTBEAT_MS = 15_000;
/** Types a browser may show in place; everything else is offered as a download. */
const SHOWN_IMAGES: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** What was received: the list, the live stream, the files. */
export function feedRoutes(app: FastifyInstance, context: RouteContext): void {
  const { world, baseUrl } = context;
  app.get("/messages", async (request) => {
    const filter = request.query as { channel?: string; since?: string };
    return selectMessages(world, filter).map((message) => toFeedMessage(world, message, baseUrl()));
  });
  app.get("/messages/stream", (request, reply) => openStream(context, request, reply));
  app.get("/attachments/:messageId/:fileId/:name", async (request, reply) => {
    const { messageId, fileId } = request.params as { messageId: string; fileId: string };
    const file = world.log.get(messageId)?.files.find(({ id }) => id === fileId);
    if (!file) return reply.code(404).send({ message: "No such file, or its bytes were let go", code: 0 });
    const isImage = SHOWN_IMAGES.includes(file.contentType);
    void reply
      .header("x-content-type-options", "nosniff")
      .header("content-disposition", isImage ? "inline" : "attachment");
    return reply.type(isImage ? file.contentType : "application/octet-stream").send(file.bytes);
  });
}

/** Server-sent events named `message`, `edit`, `delete`, `channels` and `reset`. */
function openStream(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  raw.write(": open\n\n");
  const unsubscribe = context.world.log.subscribe((event) => {
    raw.write(`event: ${event.kind}\ndata: ${JSON.stringify(eventData(context, event))}\n\n`);
  });
  const heartbeat = setInterval(() => raw.write(": alive\n\n"), HEARTBEAT_MS);
  request.raw.socket.once("close", () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}

function eventData({ world, baseUrl }: RouteContext, event: LogEvent): unknown {
  if (event.kind === "channels" || event.kind === "reset")
    return { channels: listFeedChannels(world, baseUrl()) };
  return toFeedMessage(world, event.message, baseUrl());
}
