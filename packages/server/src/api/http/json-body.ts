import type { FastifyInstance } from "fastify";

/**
 * Reads JSON bodies as Fastify does, but takes an empty one as no body: clients put the content type on DELETE too
 * (web API sheet 3.1).
 */
export function acceptEmptyJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser("error", "error");
  scope.removeContentTypeParser("application/json");
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, String(body), done);
  });
}
