import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import type { MockRequest } from "./mock-request.js";
import { answer } from "./mock-routes.js";

/**
 * Answers /api with fixtures while developing, so that pages can be built and looked at without a server.
 * The cookie `vedette-mock` chooses the scene: full (default), many, fresh, empty, stopped, signed-out.
 * Never part of a build: it only hooks into the development server.
 */
export function mockServer(): Plugin {
  return {
    name: "vedette-mock",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use("/api", (request, response) => void handle(request, response));
    },
  };
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const scene = /vedette-mock=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "full";
  const url = new URL(request.url ?? "/", "http://mock");
  const mock: MockRequest = {
    method: request.method ?? "GET",
    path: url.pathname.replace(/^\/0/, "").replace(/\/?$/, "/"),
    query: url.searchParams,
    body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    scene,
  };
  const { status = 200, body, next, hits } = answer(mock);
  if (next !== undefined) {
    response.setHeader(
      "Link",
      `<http://mock/>; rel="next"; results="${next !== null}"; cursor="${next ?? "0:0:0"}"`,
    );
  }
  if (hits !== undefined) response.setHeader("X-Hits", String(hits));
  response.setHeader("Content-Type", "application/json");
  response.statusCode = status;
  response.end(body === undefined ? "" : JSON.stringify(body));
}
