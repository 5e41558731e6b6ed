import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { ZodError } from "zod";
import { AppError } from "../../shared/app-error.js";
import type { AppErrorKind } from "../../shared/app-error.js";
import { EventStoreError } from "../../store/events/event-store-error.js";
import type { EventStoreErrorKind } from "../../store/events/event-store-error.js";
import { newErrorId } from "./error-id.js";

const statusOfKind: Readonly<Record<AppErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  over_limit: 429,
  unavailable: 503,
};

/** Failures of the event store that may be over soon, or need a smaller question. */
const sentenceOfPassing = {
  unavailable: "Events cannot be read right now. Try again in a moment.",
  overloaded: "Too much is being read right now. Try again in a moment.",
  aborted: "Reading was stopped. Try again in a moment.",
  timeout: "Reading took too long. Choose a shorter period or fewer projects.",
  over_limit: "This would be too much to read. Choose a shorter period or fewer projects.",
} as const;

function isPassing(kind: EventStoreErrorKind): kind is keyof typeof sentenceOfPassing {
  return kind in sentenceOfPassing;
}

/** Every error leaves the API as `{"detail": "<sentence>"}`; clients show it word for word (web API sheet 1). */
export function handleApiError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof AppError) {
    void reply.code(statusOfKind[error.kind]).send({ detail: error.message, ...error.fields });
    return;
  }
  if (error instanceof ZodError) {
    void reply.code(400).send(validationBody(error));
    return;
  }
  if (error instanceof EventStoreError && isPassing(error.kind)) {
    request.log.warn({ err: error }, "events could not be read");
    void reply.code(503).send({ detail: sentenceOfPassing[error.kind] });
    return;
  }
  const status = "statusCode" in error ? (error.statusCode ?? 500) : 500;
  if (status < 500) {
    void reply.code(status).send({ detail: error.message });
    return;
  }
  const errorId = newErrorId();
  request.log.error({ err: error, errorId }, "an API request failed");
  void reply.code(500).send({ detail: "Internal Error", errorId });
}

function validationBody(error: ZodError) {
  const errors = error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const first = errors[0];
  return { detail: first ? `${first.path || "body"}: ${first.message}` : "Invalid request.", errors };
}
