import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApiServer } from "../api-server.test-suite.js";
import type { ApiServer } from "../api-server.test-suite.js";
import type { QueueReader, QueueRecord } from "../../queue/port.js";

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer();
  const reader = server.ports.queue as QueueReader;
  await reader.bury(record(1, 1), "the payload is no event");
  await reader.bury(record(2, 1), "the payload is no event");
  await reader.bury(record(3, 999), "somebody else's");
});
afterAll(() => server.dispose());

function record(seq: number, projectId: number): QueueRecord {
  const body = Buffer.from("{}");
  const item = {
    type: "event",
    projectId,
    publicKey: "a".repeat(32),
    eventId: "b".repeat(32),
    receivedAt: 1_790_000_000_000,
    sentAt: null,
    header: {},
    clientIp: "",
    userAgent: "",
    client: "",
    envelope: {},
    attachments: [],
  };
  return { seq, item, body };
}

describe("dead letters", () => {
  const list = async () => (await server.ask("GET", "/internal/dead-letters/")).body;

  it("of the organisation's projects are listed with their reason", async () => {
    expect(await list()).toMatchObject([
      { reason: "the payload is no event", type: "event", project: "default", sizeBytes: 2 },
      { project: "default" },
    ]);
  });

  it("are put into the queue again, those asked for or all of one's own", async () => {
    const [first] = await list();
    const one = await server.ask("POST", "/internal/dead-letters/redrive/", { body: { ids: [first.id] } });
    expect(one.body).toEqual({ redriven: 1 });
    expect(await list()).toHaveLength(1);
    expect((await server.ask("POST", "/internal/dead-letters/redrive/")).body).toEqual({ redriven: 1 });
    expect(await list()).toEqual([]);
    expect(await server.ports.queue.dead(10)).toHaveLength(1);
    expect((await server.ask("POST", "/internal/dead-letters/redrive/")).body).toEqual({ redriven: 0 });
  });
});
