import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FastifyInstance } from "fastify";
import { createLog } from "../shared/log.js";
import { createHttpServer } from "./http-server.js";

describe("requests that are none", () => {
  let app: FastifyInstance;

  beforeEach(async () => {
    app = createHttpServer({ log: createLog({ level: "silent" }), trustProxy: false });
    await app.listen({ port: 0, host: "127.0.0.1" });
  });
  afterEach(() => app.close());

  it.each([
    ["noise", "\u0000\u0001\u0002", "400 Bad Request", "this is not an HTTP request"],
    [
      "headers that are too large",
      `GET / HTTP/1.1\r\nX-Long: ${"x".repeat(50_000)}\r\n\r\n`,
      "431",
      "the request headers are too large",
    ],
    [
      "a path that cannot be read",
      "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      "400 Bad Request",
      "the path of the request cannot be read",
    ],
  ])("answers %s with a detail and hangs up", async (_name, bytes, status, detail) => {
    const answer = await exchange(app, bytes);
    const [head, body] = answer.split("\r\n\r\n");
    expect(head).toContain(`HTTP/1.1 ${status}`);
    expect(head?.toLowerCase()).toContain("content-type: application/json");
    expect(JSON.parse(body ?? "")).toEqual({ detail });
  });
});

function exchange(app: FastifyInstance, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1").on("data", (text: string) => (answer += text));
    socket.once("error", reject);
    socket.once("close", () => resolve(answer));
    socket.write(bytes);
  });
}
