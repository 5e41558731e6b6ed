import { once } from "node:events";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { envelopeText, sentryAuth, startEdge, testKey } from "./edge.test-suite.js";
import type { TestEdge } from "./edge.test-suite.js";

const eventId = "9ec79c33ec9942ab8353589fcb2e04dc";
const body = envelopeText({ event_id: eventId }, [{ type: "event" }, '{"message":"hi"}']);
const auth = `X-Sentry-Auth: ${sentryAuth()["x-sentry-auth"]}`;

let edge: TestEdge;
let port: number;
const sockets: Socket[] = [];
beforeAll(async () => {
  edge = await startEdge({
    options: { maxBodyBytes: 300_000, maxInFlightBytes: 1_000_000 },
    fastify: { routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true }, trustProxy: true },
  });
  await edge.app.listen({ port: 0, host: "127.0.0.1" });
  port = (edge.app.server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => edge.close());

interface Wire {
  write(data: string | Buffer): void;
  /** The answer so far, once it matches. */
  until(pattern: RegExp): Promise<string>;
  readonly socket: Socket;
}

async function open(): Promise<Wire> {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => undefined);
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
  });
  await once(socket, "connect");
  return {
    socket,
    write: (data) => void socket.write(data),
    until: async (pattern) => {
      await expect.poll(() => text, { timeout: 5_000, interval: 5 }).toMatch(pattern);
      const found = text;
      text = "";
      return found;
    },
  };
}

const head = (lines: readonly string[], path = "/api/1/envelope/") =>
  ["POST " + path + " HTTP/1.1", "Host: localhost", ...lines, "", ""].join("\r\n");
const chunk = (data: Buffer) =>
  Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from("\r\n")]);
const lastRecord = async () => (await edge.records()).at(-1);

describe("what SDKs do on the wire", () => {
  it("takes several envelopes over one connection, with an empty content encoding as Ruby sends it", async () => {
    const wire = await open();
    for (let round = 0; round < 3; round += 1) {
      wire.write(head([auth, "Content-Encoding: ", `Content-Length: ${body.length}`]) + body);
      const answer = await wire.until(/\{"id":"9ec7\w+"\}$/);
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    }
    expect((await edge.records()).length).toBe(3);
  });

  it("takes a chunked gzip body without a content type, as Node sends it", async () => {
    const wire = await open();
    const packed = gzipSync(body);
    const query = `?sentry_version=7&sentry_key=${testKey}&sentry_client=sentry.javascript.node%2F10.63.0`;
    wire.write(head(["Content-Encoding: gzip", "Transfer-Encoding: chunked"], `/api/1/envelope/${query}`));
    wire.write(chunk(packed.subarray(0, 10)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    wire.write(Buffer.concat([chunk(packed.subarray(10)), Buffer.from("0\r\n\r\n")]));
    expect(await wire.until(/\}$/)).toMatch(/^HTTP\/1\.1 200 /);
    expect((await lastRecord())?.item.client).toBe("sentry.javascript.node/10.63.0");
  });

  it("closes after the answer when Java asks for it", async () => {
    const wire = await open();
    wire.write(head([auth, "Connection: close", `Content-Length: ${body.length}`]) + body);
    const closed = once(wire.socket, "close");
    expect(await wire.until(/\}$/)).toMatch(/^HTTP\/1\.1 200 /);
    await closed;
  });

  it("answers `Expect: 100-continue`, as libcurl sends it", async () => {
    const wire = await open();
    wire.write(head([auth, "Expect: 100-continue", `Content-Length: ${body.length}`]));
    await wire.until(/^HTTP\/1\.1 100 Continue/);
    wire.write(body);
    expect(await wire.until(/\}$/)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("takes the sender's address from a trusted proxy", async () => {
    const wire = await open();
    wire.write(
      head([auth, "X-Forwarded-For: 203.0.113.9, 10.0.0.1", `Content-Length: ${body.length}`]) + body,
    );
    await wire.until(/200 OK/);
    expect((await lastRecord())?.item.clientIp).toBe("203.0.113.9");
  });

  it("reads a body over the limit to its end, so that the sender sees the 413", async () => {
    const wire = await open();
    const large = Buffer.alloc(3_000_000, "x");
    wire.write(head([auth, `Content-Length: ${large.length}`]));
    wire.write(large);
    expect(await wire.until(/size limits/)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("stops a chunked body that never ends at the limit", async () => {
    const wire = await open();
    wire.write(head([auth, "Transfer-Encoding: chunked"]));
    for (let sent = 0; sent < 5; sent += 1) wire.write(chunk(Buffer.alloc(100_000, "x")));
    wire.write("0\r\n\r\n");
    expect(await wire.until(/size limits/)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("forgets uploads that break off, and gives their memory back", async () => {
    const before = (await edge.records()).length;
    for (let round = 0; round < 8; round += 1) {
      const wire = await open();
      wire.write(head([auth, "Content-Length: 290000"]));
      wire.write(Buffer.alloc(200_000, "x"));
      await new Promise((resolve) => setTimeout(resolve, 30));
      wire.socket.destroy();
    }
    const wire = await open();
    const large = envelopeText({}, [{ type: "event" }, JSON.stringify({ message: "x".repeat(280_000) })]);
    wire.write(head([auth, `Content-Length: ${large.length}`]) + large);
    expect(await wire.until(/\}$/)).toMatch(/^HTTP\/1\.1 200 /);
    expect((await edge.records()).length).toBe(before + 1);
  });

  it("refuses uploads beyond the memory set aside for all of them, until others end", async () => {
    const waiting: Wire[] = [];
    for (let round = 0; round < 4; round += 1) {
      const wire = await open();
      wire.write(head([auth, "Content-Length: 290000"]));
      wire.write(Buffer.alloc(280_000, "x"));
      waiting.push(wire);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const wire of waiting) wire.write(Buffer.alloc(10_000, "x"));
    const answers = await Promise.all(waiting.map((wire) => wire.until(/\}$/)));
    const statuses = answers.map((answer) => answer.slice(9, 12)).toSorted();
    expect(statuses.filter((status) => status === "429").length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === "400").length).toBeGreaterThan(0);
    const wire = await open();
    wire.write(head([auth, `Content-Length: ${body.length}`]) + body);
    await wire.until(/200 OK/);
  });
});
