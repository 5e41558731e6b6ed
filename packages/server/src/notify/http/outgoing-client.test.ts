import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { OutgoingClient, type OutgoingRequest } from "./outgoing-client.js";

let server: Server | undefined;
const clients: OutgoingClient[] = [];

afterEach(() => {
  for (const each of clients.splice(0)) each.close();
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<number> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function client(options: { allowPrivate?: boolean; timeoutMs?: number } = {}): OutgoingClient {
  const made = new OutgoingClient({ allowPrivate: true, ...options });
  clients.push(made);
  return made;
}

const post = (url: string): OutgoingRequest => ({ method: "POST", url, headers: {}, body: "{}" });

it("hands a redirect over as the answer it is, without following it", async () => {
  let calls = 0;
  const port = await serve((_request, response) => {
    calls++;
    response.writeHead(302, { location: "http://169.254.169.254/" }).end();
  });
  const result = await client().send(post(`http://127.0.0.1:${port}/`));
  expect(result).toMatchObject({ kind: "answer", answer: { status: 302 } });
  expect(calls).toBe(1);
});

it.each(["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "127.1"])(
  "sends nothing to %s unless private addresses are allowed",
  async (host) => {
    let calls = 0;
    const port = await serve((_request, response) => {
      calls++;
      response.end();
    });
    const result = await client({ allowPrivate: false }).send(post(`http://${host}:${port}/`));
    expect(result).toMatchObject({ kind: "refused", reason: expect.stringContaining("private network") });
    expect(calls).toBe(0);
  },
);

it("says when nobody listens, and that nothing can have arrived", async () => {
  const port = await serve((_request, response) => void response.end());
  server?.close();
  const result = await client().send(post(`http://127.0.0.1:${port}/`));
  expect(result).toEqual({
    kind: "lost",
    reason: "Could not connect (ECONNREFUSED).",
    mayHaveArrived: false,
  });
});

it("ends a request without an answer after its time", async () => {
  const port = await serve(() => {});
  const result = await client({ timeoutMs: 60 }).send(post(`http://127.0.0.1:${port}/`));
  expect(result).toMatchObject({ kind: "lost", mayHaveArrived: true });
});

it("ends a request whose answer never ends after its time", async () => {
  const port = await serve((_request, response) => void response.write("…"));
  const result = await client({ timeoutMs: 60 }).send(post(`http://127.0.0.1:${port}/`));
  expect(result).toMatchObject({ kind: "lost", mayHaveArrived: true });
});

it("reads no more than 256 KiB of an answer", async () => {
  const port = await serve((_request, response) => void response.end(Buffer.alloc(5_000_000, 97)));
  const result = await client().send(post(`http://127.0.0.1:${port}/`));
  expect(result.kind === "answer" && result.answer.body.length).toBeLessThanOrEqual(256 * 1024);
});

it("can be cut off", async () => {
  const port = await serve(() => {});
  const cut = new AbortController();
  const sending = client().send(post(`http://127.0.0.1:${port}/`), cut.signal);
  cut.abort();
  expect(await sending).toMatchObject({ kind: "lost", reason: expect.stringContaining("server stopped") });
});
