import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Auth } from "./create-auth.js";

/** Puts better-auth's own endpoints at `/api/auth/*`. */
export function mountAuth(app: FastifyInstance, auth: Auth): void {
  app.route({
    method: ["GET", "POST"],
    url: "/api/auth/*",
    async handler(request, reply) {
      const response = await auth.handler(toWebRequest(request, auth.options.baseURL));
      void reply.code(response.status);
      for (const [name, value] of response.headers) if (name !== "set-cookie") void reply.header(name, value);
      const cookies = response.headers.getSetCookie();
      if (cookies.length > 0) void reply.header("set-cookie", cookies);
      const retryAfter = response.headers.get("x-retry-after");
      if (retryAfter !== null) void reply.header("retry-after", retryAfter);
      const text = await response.text();
      return reply.send(response.status < 400 ? text : withDetail(text));
    },
  });
}

/** An error of better-auth as the rest of the API answers errors: with its sentence as `detail`. */
function withDetail(text: string): Record<string, unknown> {
  const body: unknown = text.startsWith("{") ? JSON.parse(text) : {};
  const fields = typeof body === "object" && body !== null ? { ...body } : {};
  const detail = "message" in fields ? fields.message : "The request was refused.";
  return { ...fields, detail };
}

/** Fastify's request as the web's own kind, with the body it has parsed. */
function toWebRequest(request: FastifyRequest, baseUrl: string): Request {
  const headers = toWebHeaders(request);
  // better-auth counts sign-in attempts by address; only the one Fastify trusts is passed on.
  headers.set("x-forwarded-for", request.ip);
  return new Request(new URL(request.url, baseUrl), {
    method: request.method,
    headers,
    ...(request.method === "POST" ? { body: JSON.stringify(request.body ?? {}) } : {}),
  });
}

/** Header lists joined as HTTP allows it. */
export function toWebHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === "string") headers.set(name, value);
    else if (value) headers.set(name, value.join(", "));
  }
  headers.delete("content-length");
  return headers;
}
