import type { FastifyInstance } from "fastify";
import { readFile } from "node:fs/promises";
import { listFeedChannels, toFeedMessage } from "./feed.js";
import type { RouteContext } from "./route-context.js";

/** Messages which the page shows at once; older ones stay in `GET /messages`. */
const FIRST_MESSAGES = 500;
const PACKAGE_ROOT = new URL("../../", import.meta.url);
/** The page's scripts are built with the package; also when this file runs from its source. */
const SCRIPTS = new URL("dist/page/", PACKAGE_ROOT);
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: http: https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page that shows the messages as Discord would. */
export function pageRoutes(app: FastifyInstance, context: RouteContext): void {
  app.get("/", async (_request, reply) => {
    void reply.header("content-security-policy", POLICY).header("cache-control", "no-store");
    return reply.type("text/html; charset=utf-8").send(renderPage(firstState(context)));
  });
  app.get("/page/style.css", async (_request, reply) =>
    reply.type("text/css; charset=utf-8").send(await readFile(new URL("assets/style.css", PACKAGE_ROOT))),
  );
  app.get("/page/:script", async (request, reply) => {
    const { script } = request.params as { script: string };
    if (!/^[a-z-]+\.js$/.test(script)) return reply.code(404).send({ message: "404: Not Found", code: 0 });
    const source = await readFile(new URL(script, SCRIPTS)).catch(() => undefined);
    if (!source)
      return reply
        .code(404)
        .send({ message: "Build the package first: npx tsc -b packages/discord-sandbox", code: 0 });
    return reply.type("text/javascript; charset=utf-8").send(source);
  });
}

function firstState({ world, baseUrl }: RouteContext): unknown {
  const messages = world.log.all().slice(-FIRST_MESSAGES);
  return {
    channels: listFeedChannels(world, baseUrl()),
    messages: messages.map((message) => toFeedMessage(world, message, baseUrl())),
  };
}

/** The state travels as inert JSON; `<` is escaped so that no text in it can end the element. */
function renderPage(state: unknown): string {
  const json = JSON.stringify(state).replaceAll("<", String.raw`\u003c`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Discord sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/style.css">
</head>
<body>
<nav class="channels" id="channels" aria-label="Channels"></nav>
<main class="chat">
<header class="chat-head" id="head"></header>
<div class="messages" id="messages" role="log" aria-live="polite" tabindex="0"></div>
<footer class="chat-foot" id="foot"></footer>
</main>
<noscript>This page needs JavaScript; GET /messages lists the messages as JSON.</noscript>
<script type="application/json" id="state">${json}</script>
<script type="module" src="/page/app.js"></script>
</body>
</html>
`;
}
