import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { residentMb } from "../durability/processes.js";
import { Server, publicKey } from "../support/server.js";
import { post } from "./post.js";
import { exchange, openConnection } from "./raw-connection.js";
import { Witnesses } from "./witnesses.js";

const path = `/api/1/envelope/?sentry_key=${publicKey}`;
const head = `POST ${path} HTTP/1.1\r\nHost: x\r\n`;
const end = "Connection: close\r\n\r\n";

/** Requests as bytes. The server answers with a 4xx that is JSON with a detail, or hangs up without a word. */
const rawRequests: readonly (readonly [string, string])[] = [
  ["two lengths that differ", `${head}Content-Length: 3\r\nContent-Length: 30\r\n${end}{}\n`],
  ["a length and chunks", `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n`],
  ["a length that is no number", `${head}Content-Length: many\r\n${end}{}\n`],
  ["a negative length", `${head}Content-Length: -1\r\n${end}{}\n`],
  ["a length beyond all numbers", `${head}Content-Length: ${"9".repeat(40)}\r\n${end}{}\n`],
  ["chunks that are none", `${head}Transfer-Encoding: chunked\r\n${end}zz\r\n{}\r\n`],
  ["an unknown transfer encoding", `${head}Transfer-Encoding: chunked, rot13\r\n${end}0\r\n\r\n`],
  ["a header without a colon", `${head}no colon here\r\n${end}`],
  ["a header with a null byte", `${head}X-Null: a\0b\r\n${end}`],
  ["a bare line feed in a header", `${head}X-Sentry-Auth: Sentry sentry_key=a\nX-Injected: 1\r\n${end}`],
  ["headers of 100 KB", `${head}X-Long: ${"x".repeat(100_000)}\r\n${end}`],
  ["ten thousand headers", `${head}${"X-A: b\r\n".repeat(10_000)}${end}`],
  ["a path of 100 KB", `POST /${"a".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n${end}`],
  ["an unknown method", `STEAL ${path} HTTP/1.1\r\nHost: x\r\n${end}`],
  ["an unknown version", `POST ${path} HTTP/9.9\r\nHost: x\r\n${end}`],
  ["a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["noise", "\x00\xff\x13\x37".repeat(500)],
  ["HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
];

describe("hostile connections", () => {
  let server: Server;
  let witnesses: Witnesses;

  beforeAll(async () => {
    server = await Server.start({ environment: { VEDETTE_LOG_LEVEL: "error" } });
    witnesses = new Witnesses(server);
  });
  afterAll(() => server?.stop());
  afterEach(() => witnesses.send());

  it.each(rawRequests)("refuses %s", async (_name, bytes) => {
    const answer = await exchange(server, bytes);
    if (answer === "") return;
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    const [headers = "", body = ""] = answer.split("\r\n\r\n");
    expect(headers).not.toMatch(/x-injected/i);
    expect(headers.toLowerCase()).toContain("content-type: application/json");
    expect(JSON.parse(body)).toMatchObject({ detail: expect.any(String) as string });
  });

  it("takes one of two auth headers and injects nothing from either", async () => {
    const auth = `X-Sentry-Auth: Sentry sentry_key=${publicKey}, sentry_client=a%0d%0aX-Injected: 1/1\r\n`;
    const answer = await exchange(
      server,
      `POST /api/1/envelope/ HTTP/1.1\r\nHost: x\r\n${auth}${auth}Content-Length: 3\r\n${end}{}\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (200|4\d\d) /);
    expect(answer.split("\r\n\r\n")[0]).not.toMatch(/^x-injected/im);
  });

  it("serves others while a hundred connections dawdle, and forgets them when they go", async () => {
    const beforeMb = residentMb(server.pid);
    const slow = Array.from({ length: 100 }, (_none, at) => {
      const socket = openConnection(server);
      socket.write(at % 2 === 0 ? head : `${head}Content-Length: 40000000\r\n\r\n`);
      const timer = setInterval(() => socket.write(at % 2 === 0 ? "X-Slow: 1\r\n" : "x"), 100);
      socket.once("close", () => clearInterval(timer));
      return socket;
    });
    const began = performance.now();
    for (let sent = 0; sent < 50; sent++) await witnesses.send();
    expect(performance.now() - began).toBeLessThan(5_000);
    await sleep(2_000);
    expect(residentMb(server.pid) - beforeMb).toBeLessThan(150);
    for (const socket of slow) socket.destroy();
  });

  it("stays small when large uploads come together and break off", async () => {
    let largestMb = 0;
    const watch = setInterval(() => (largestMb = Math.max(largestMb, residentMb(server.pid))), 50);
    const chunk = Buffer.alloc(1_048_576, 0x61);
    const sockets = Array.from({ length: 16 }, () => {
      const socket = openConnection(server);
      socket.write(`${head}Content-Length: ${49 * chunk.length}\r\n\r\n`);
      for (let part = 0; part < 48; part++) socket.write(chunk);
      return socket;
    });
    await sleep(4_000);
    for (const socket of sockets) socket.destroy();
    clearInterval(watch);
    console.log({ largestMb: Math.round(largestMb) });
    expect(largestMb).toBeLessThan(900);
    await sleep(200);
    expect((await post(server, { body: "{}" })).status).toBe(200);
  });

  it("is still the same process and stored every ordinary event in between", async () => {
    expect((await post(server, { method: "GET", path: "/healthz" })).status).toBe(200);
    expect(await witnesses.missing()).toEqual([]);
  });
});
