import type { FastifyInstance } from "fastify";
import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import { authenticate } from "./authenticate.js";
import type { Auth } from "./create-auth.js";

/** Sets `request.caller` on every request of the scope, unknown paths included; without a caller the answer is 401. */
export function authenticateAll(
  scope: FastifyInstance,
  ports: { auth: Auth; meta: Meta; now: () => number },
): void {
  scope.decorateRequest("caller", null);
  scope.addHook("onRequest", async (request, reply) => {
    request.caller = await authenticate(request, reply, ports);
    if (request.caller) return;
    const detail = request.headers.authorization
      ? "Invalid token"
      : "Authentication credentials were not provided.";
    throw new AppError("unauthenticated", detail);
  });
}
