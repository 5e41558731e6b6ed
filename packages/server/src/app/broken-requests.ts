import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { Socket } from "node:net";

/** What Node tells of a connection whose bytes are no HTTP request (https://nodejs.org/api/http.html#event-clienterror). */
interface ConnectionFault extends Error {
  readonly code?: string;
}

const refusals: Readonly<Record<string, readonly [status: string, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "the request took too long"],
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "the request headers are too large"],
};
const noRequest = ["400 Bad Request", "this is not an HTTP request"] as const;

/**
 * Answers bytes that are no request, in the words of every other refusal, and hangs up. A connection that is gone is
 * only closed.
 */
export function refuseBrokenRequest(fault: ConnectionFault, socket: Socket): void {
  if (fault.code === "ECONNRESET" || !socket.writable) {
    socket.destroy(fault);
    return;
  }
  const [status, detail] = refusals[fault.code ?? ""] ?? noRequest;
  const body = JSON.stringify({ detail });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Answers a path that cannot be read, without repeating it. */
export function refuseBrokenPath(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 400;
  void reply
    .code(status)
    .header("Content-Type", "application/json")
    .send(JSON.stringify({ detail: "the path of the request cannot be read" }));
}
