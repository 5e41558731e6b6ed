import { CORS_HEADERS, PREFLIGHT_HEADERS } from "@vedette/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { admitRequest, refuseCounted } from "./admit.js";
import { refusalAnswer } from "./answer.js";
import type { Answer } from "./answer.js";
import type { ByteShare } from "./byte-budget.js";
import { createIngestContext } from "./ingest-context.js";
import type { IngestContext, IngestPorts } from "./ingest-context.js";
import type { IngestRequest } from "./ingest-request.js";
import type { IngestMetrics } from "./metrics.js";
import type { IngestOptions } from "./options.js";
import { readBody } from "./read-body.js";
import { Refusal } from "./refusal.js";
import { ingestRoutes } from "./routes.js";
import type { Endpoint, IngestRoute } from "./routes.js";

/** What a request carries from its arrival to its handler. */
interface Arrival {
  readonly share: ByteShare;
  /** Content type as sent. */
  readonly contentType: string;
}

const arrivals = new WeakMap<FastifyRequest, Arrival>();
const noBody = Buffer.alloc(0);
const otherMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** A running edge. */
export interface Ingest {
  readonly metrics: IngestMetrics;
  /** Writes the last counted outcomes and stops the timers. Call after the app is closed and before the queue is. */
  close(): Promise<void>;
}

/**
 * Adds the endpoints SDKs talk to, encapsulated: their own body reading, errors and CORS touch nothing else of the app.
 * Works under a prefix, and with or without Fastify's `ignoreTrailingSlash`.
 */
export async function registerIngest(
  app: FastifyInstance,
  ports: IngestPorts,
  options: Partial<IngestOptions> = {},
): Promise<Ingest> {
  const context = createIngestContext(ports, options);
  await app.register(
    async (scope) => {
      readBodiesRaw(scope, context);
      scope.setErrorHandler((error, _request, reply) => answerFault(error, reply, context));
      scope.addHook("onRequest", async (request, reply) => arrive(request, reply, context));
      for (const route of ingestRoutes) addRoute(scope, route, context);
    },
    // A line per request would cost more than the request; counters and outcomes tell instead.
    { logLevel: "silent" },
  );
  const { outcomes, projects, metrics, now } = context;
  const timer = setInterval(() => void outcomes.flush(now()), context.options.outcomeFlushMs);
  timer.unref();
  return {
    metrics,
    close: async () => {
      clearInterval(timer);
      await outcomes.flush(now());
      await projects.close();
    },
  };
}

function readBodiesRaw(scope: FastifyInstance, context: IngestContext): void {
  const { maxBodyBytes, backlogRetrySeconds } = context.options;
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", async (request: FastifyRequest) => {
    const share = arrivals.get(request)?.share ?? context.budget.open();
    const body = await readBody(request.raw, share, { maxBodyBytes, retrySeconds: backlogRetrySeconds });
    if (body instanceof Buffer) context.metrics.received(body.length);
    return body;
  });
}

async function arrive(request: FastifyRequest, reply: FastifyReply, context: IngestContext): Promise<void> {
  reply.headers(CORS_HEADERS);
  const share = context.budget.open();
  reply.raw.once("close", () => share.close());
  arrivals.set(request, { share, contentType: request.headers["content-type"] ?? "" });
  // Fastify answers 415 to a content type it cannot read; here any text may stand there, and it decides nothing.
  request.raw.headers["content-type"] = "application/octet-stream";
}

function addRoute(scope: FastifyInstance, route: IngestRoute, context: IngestContext): void {
  const { ignoreTrailingSlash } = { ...scope.initialConfig, ...scope.initialConfig.routerOptions };
  const urls = ignoreTrailingSlash === true ? [route.path] : [route.path, `${route.path}/`];
  const allowed = Object.keys(route.endpoints);
  for (const url of urls) {
    for (const method of otherMethods) {
      const endpoint = method === "GET" || method === "POST" ? route.endpoints[method] : undefined;
      scope.route({
        method,
        url,
        exposeHeadRoute: false,
        handler: endpoint
          ? (request, reply) => answer(request, reply, { endpoint, route, context })
          : (_request, reply) => refuseMethod(reply, route, { allowed, context }),
      });
    }
    scope.route({
      method: "OPTIONS",
      url,
      handler: (_request, reply) => reply.code(204).headers(PREFLIGHT_HEADERS).send(),
    });
  }
}

interface RouteWork {
  readonly endpoint: Endpoint;
  readonly route: IngestRoute;
  readonly context: IngestContext;
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { endpoint, route, context }: RouteWork,
): Promise<FastifyReply> {
  const body = request.body ?? noBody;
  const result =
    body instanceof Refusal
      ? await refuseUnread(body, request, context)
      : await endpoint(toIngestRequest(request, body as Buffer), context);
  const { status, ...rest } = result instanceof Refusal ? refusalAnswer(result) : result;
  return send(
    reply,
    { ...rest, status: status === 429 && route.never429 === true ? 503 : status },
    { route, context },
  );
}

/** A body that was refused while it came in: counted like every other refusal, when the request says who sent it. */
async function refuseUnread(
  refusal: Refusal,
  request: FastifyRequest,
  context: IngestContext,
): Promise<Refusal> {
  const sender = await admitRequest(toIngestRequest(request, noBody), context);
  if (!(sender instanceof Refusal)) return refuseCounted(refusal, sender, context);
  // Without credentials in the request itself they may have been in the body.
  return sender.code === "auth_missing" ? refusal : sender;
}

function toIngestRequest(request: FastifyRequest, body: Buffer): IngestRequest {
  const arrival = arrivals.get(request);
  const url = request.raw.url ?? "";
  const queryAt = url.indexOf("?");
  return {
    method: request.method,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(queryAt === -1 ? "" : url.slice(queryAt + 1)),
    headers: request.raw.headers,
    contentType: arrival?.contentType ?? "",
    body,
    share: arrival?.share ?? { take: () => false, close: () => undefined },
    clientIp: request.ip ?? "",
  };
}

function refuseMethod(
  reply: FastifyReply,
  route: IngestRoute,
  { allowed, context }: { allowed: readonly string[]; context: IngestContext },
): FastifyReply {
  reply.header("allow", [...allowed, "OPTIONS"].join(", "));
  return send(reply, refusalAnswer(new Refusal("method")), { route, context });
}

function send(
  reply: FastifyReply,
  { status, contentType, body, headers }: Answer,
  { route, context }: { route: IngestRoute; context: IngestContext },
): FastifyReply {
  context.metrics.answered(route.name, status);
  if (contentType !== undefined) reply.header("content-type", contentType);
  if (headers !== undefined) reply.headers(headers);
  return reply.code(status).send(body ?? "");
}

/** A sender that hung up, or a fault of ours: both end here, only the second is worth telling. */
function answerFault(error: unknown, reply: FastifyReply, context: IngestContext): FastifyReply {
  if (!reply.raw.destroyed) context.log.error({ err: error }, "an ingest request failed");
  const fault = refusalAnswer(new Refusal("internal"));
  context.metrics.answered("fault", fault.status);
  return reply
    .code(fault.status)
    .headers({ ...fault.headers, "content-type": "application/json" })
    .send(fault.body);
}
