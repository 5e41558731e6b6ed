import type { FastifyInstance } from "fastify";
import { AppError } from "../../shared/app-error.js";
import { isTooDeep } from "./json-depth.js";

/**
 * Reads JSON bodies as Fastify does, but takes an empty one as no body: clients put the content type on DELETE too
 * (web API sheet 3.1), and none that is nested without end: answering with what was sent would then overflow the stack.
 */
export function acceptEmptyJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser("error", "error");
  scope.removeContentTypeParser("application/json");
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = String(body);
    if (text === "") done(null, undefined);
    else if (isTooDeep(text)) done(new AppError("invalid", "The body is nested too deeply."));
    else void parse(request, text, done);
  });
}
