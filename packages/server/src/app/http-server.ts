import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import Fastify, { LogController } from "fastify";
import type { FastifyBaseLogger, FastifyInstance, FastifyReply } from "fastify";
import type { Log } from "../shared/log.js";
import { refuseBrokenPath, refuseBrokenRequest } from "./broken-requests.js";

/** The built pages (packages/web); absent in a checkout whose pages were not built. */
const pagesFolder = fileURLToPath(new URL("../../../web/dist", import.meta.url));
const oneYearMs = 365 * 24 * 3_600_000;

export interface HttpServerOptions {
  readonly log: Log;
  readonly trustProxy: boolean | number | string;
}

/** An HTTP server without routes, set up the way every plugin expects it. */
export function createHttpServer({ log, trustProxy }: HttpServerOptions): FastifyInstance {
  const logger: FastifyBaseLogger = log;
  return Fastify({
    loggerInstance: logger,
    // A line per request costs more than many a request; the metrics count them.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: typeof trustProxy === "number" ? (_address, hop) => hop < trustProxy : trustProxy,
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: refuseBrokenPath,
    requestTimeout: 60_000,
    keepAliveTimeout: 75_000,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 500 },
  });
}

/** Serves the web app: files by their hashed names for ever, every other path the page itself. */
export async function registerPages(app: FastifyInstance): Promise<void> {
  if (!existsSync(pagesFolder)) {
    app.log.warn("the pages are not built; run `npm run build`, or `npm start`, which does it");
    return;
  }
  await app.register(fastifyStatic, {
    root: pagesFolder,
    index: false,
    setHeaders: (reply, path) => {
      const isHashed = /[/\\]assets[/\\]/.test(path);
      reply.setHeader(
        "Cache-Control",
        isHashed ? `public, max-age=${oneYearMs / 1000}, immutable` : "no-cache",
      );
    },
  });
  // A folder is refused by the file server, so the front page has a route of its own.
  app.get("/", async (_request, reply) => sendPage(reply));
  app.setNotFoundHandler(async (request, reply) => {
    const isPage =
      (request.method === "GET" || request.method === "HEAD") && !/^\/(?:api|assets)\//.test(request.url);
    return isPage
      ? sendPage(reply)
      : reply.code(404).send({ detail: "The requested resource does not exist" });
  });
}

function sendPage(reply: FastifyReply): FastifyReply {
  return reply
    .header("Content-Security-Policy", contentSecurityPolicy)
    .header("X-Frame-Options", "DENY")
    .header("X-Content-Type-Options", "nosniff")
    .header("Referrer-Policy", "same-origin")
    .sendFile("index.html");
}

/** Nothing from elsewhere: event text that slipped through as markup could load or send nothing. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join("; ");
