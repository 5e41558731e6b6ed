import multipart from "@fastify/multipart";
import type { FastifyInstance } from "fastify";
import { FormErrors } from "../rules/form-errors.js";
import { channelRoutes } from "./channel-routes.js";
import { passGate, spoilAnswer } from "./gate.js";
import { Refusal } from "./refusal.js";
import type { RouteContext } from "./route-context.js";
import { threadRoutes } from "./thread-routes.js";
import { webhookRoutes } from "./webhook-routes.js";

/** Discord takes 10 MiB a file from users without a subscription. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const MAX_FILES = 10;
const CONTENT_TYPES = "'multipart/form-data', 'application/x-www-form-urlencoded', 'application/json'";

/** Registers Discord's own routes with Discord's way of reading bodies and of writing errors. */
export async function discordRoutes(app: FastifyInstance, context: RouteContext): Promise<void> {
  acceptBodies(app);
  await app.register(multipart, {
    limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES + 1, fieldSize: MAX_FILE_BYTES },
  });
  app.addHook("onRequest", (request, reply) => passGate(context.world, request, reply));
  app.addHook("onSend", spoilAnswer);
  app.setErrorHandler((error, _request, reply) => {
    const refusal = toRefusal(error);
    if (!refusal) throw error;
    return reply.code(refusal.status).send(refusal.toBody());
  });
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send(new Refusal("notFound").toBody()));
  webhookRoutes(app, context);
  channelRoutes(app, context);
  threadRoutes(app, context);
}

function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "string" },
    async (_request: unknown, body: string) => {
      if (body === "") return {};
      try {
        return JSON.parse(body) as unknown;
      } catch {
        throw new Refusal("invalidJson");
      }
    },
  );
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
  );
  app.addContentTypeParser("*", async () => {
    const errors = new FormErrors();
    errors.add([], "CONTENT_TYPE_INVALID", `Expected "Content-Type" header to be one of {${CONTENT_TYPES}}.`);
    throw new Refusal("invalidForm", errors);
  });
}

/** The refusal an error stands for; undefined for a fault of the stand-in itself. */
function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 413) return new Refusal("tooLarge");
  return statusCode !== undefined && statusCode < 500 ? new Refusal("invalidForm") : undefined;
}
