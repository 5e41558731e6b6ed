import type { FastifyInstance } from "fastify";

/** What every answer says unless its handler says otherwise: keep nothing, run nothing, show it in no frame. */
const defaultHeaders = {
  "Cache-Control": "private, no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/** Security headers, and `application/json` without a charset: some clients compare it whole (web API sheet 1). */
export function setApiHeaders(scope: FastifyInstance): void {
  scope.addHook("onRequest", async (_request, reply) => {
    void reply.headers(defaultHeaders);
  });
  scope.addHook("onSend", async (_request, reply, payload) => {
    const type = reply.getHeader("content-type");
    if (typeof type === "string" && type.startsWith("application/json"))
      void reply.header("content-type", "application/json");
    return payload;
  });
}
