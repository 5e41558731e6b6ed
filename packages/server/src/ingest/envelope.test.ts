import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { QueueRecord } from "../queue/port.js";
import { envelopeText, sentryAuth, startEdge, testKey } from "./edge.test-suite.js";
import type { TestEdge } from "./edge.test-suite.js";

const eventId = "9ec79c33ec9942ab8353589fcb2e04dc";
const url = "/api/1/envelope/";
const message = '{"message":"hi"}';

describe("the envelope endpoint", () => {
  let edge: TestEdge;
  let seen = 0;
  beforeAll(async () => {
    edge = await startEdge();
  });
  beforeEach(async () => {
    seen = (await edge.records()).length;
  });
  afterAll(() => edge.close());

  const fresh = async (): Promise<readonly QueueRecord[]> => (await edge.records()).slice(seen);
  const send = (payload: string | Buffer, headers: Record<string, string> = sentryAuth(), path = url) =>
    edge.app.inject({ method: "POST", url: path, headers, payload });

  it("queues an event as sent and answers its id", async () => {
    const sentAt = "2026-09-21T16:13:20.000Z";
    const response = await send(
      envelopeText(
        {
          event_id: eventId,
          sent_at: sentAt,
          trace: { trace_id: "t" },
          sdk: { settings: { infer_ip: "never" } },
        },
        [{ type: "event" }, message],
      ),
      { ...sentryAuth(), "user-agent": "sentry.test/1.0" },
    );
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ id: eventId });
    const [record] = await fresh();
    expect(record?.body.toString()).toBe(message);
    expect(record?.item).toEqual({
      type: "event",
      projectId: 1,
      publicKey: testKey,
      eventId,
      receivedAt: 1_790_000_000_000,
      sentAt: Date.parse(sentAt),
      header: {},
      clientIp: "127.0.0.1",
      userAgent: "sentry.test/1.0",
      client: "sentry.test/1.0",
      envelope: { infer_ip: "never", trace: { trace_id: "t" } },
      attachments: [],
    });
  });

  it("takes the payload's event id when the envelope header has none", async () => {
    const payload = `{"extra":{"event_id":"nested"},"event_id":"${eventId}"}`;
    const response = await send(envelopeText({}, [{ type: "event" }, payload]));
    expect(response.json()).toEqual({ id: eventId });
  });

  it("makes an event id when there is none at all", async () => {
    const response = await send(envelopeText({}, [{ type: "event" }, message]));
    expect(response.json().id).toMatch(/^[0-9a-f]{32}$/);
    expect((await fresh())[0]?.item.eventId).toBe(response.json().id);
  });

  it("answers an empty object when nothing belongs to an event", async () => {
    const report = '{"discarded_events":[{"reason":"sample_rate","category":"error","quantity":3}]}';
    const response = await send(envelopeText({}, [{ type: "client_report" }, report]));
    expect([response.statusCode, response.body]).toEqual([200, "{}"]);
    expect((await fresh()).map(({ item }) => item.type)).toEqual(["client_report"]);
  });

  it("passes over unknown items and takes the others", async () => {
    const response = await send(
      envelopeText({ event_id: eventId }, [{ type: "from_the_future" }, "{}"], [{ type: "event" }, message]),
    );
    expect(response.statusCode).toBe(200);
    expect((await fresh()).map(({ item }) => item.type)).toEqual(["event"]);
  });

  it("accepts an envelope without items", async () => {
    const response = await send("{}");
    expect([response.statusCode, response.body]).toEqual([200, "{}"]);
    expect(await fresh()).toEqual([]);
  });

  it("queues every kind of item whose stage does not exist yet", async () => {
    const types = [
      "session",
      "sessions",
      "check_in",
      "span",
      "log",
      "trace_metric",
      "replay_event",
      "user_report",
    ];
    const response = await send(
      envelopeText({ event_id: eventId }, ...types.map((type) => [{ type }, "{}"] as const)),
    );
    expect(response.statusCode).toBe(200);
    expect((await fresh()).map(({ item }) => item.type)).toEqual(types);
  });

  const encodings: readonly (readonly [name: string, encode: (body: Buffer) => Buffer])[] = [
    ["", (body) => body],
    ["identity", (body) => body],
    ["gzip", (body) => gzipSync(body)],
    ["x-gzip", (body) => gzipSync(body)],
    ["deflate", (body) => deflateSync(body)],
    ["deflate", (body) => deflateRawSync(body)],
    ["br", (body) => brotliCompressSync(body)],
    ["GZIP", (body) => gzipSync(body)],
  ];
  it.each(encodings)("takes content encoding '%s'", async (encoding, encode) => {
    const body = encode(Buffer.from(envelopeText({ event_id: eventId }, [{ type: "event" }, message])));
    const response = await send(body, { ...sentryAuth(), "content-encoding": encoding });
    expect(response.statusCode).toBe(200);
    expect((await fresh())[0]?.body.toString()).toBe(message);
  });

  it.each([
    "text/plain;charset=UTF-8",
    "application/x-sentry-envelope",
    "application/json",
    "multipart/form-data",
    "not a media type",
    "",
  ])("ignores content type '%s'", async (contentType) => {
    const body = envelopeText({ event_id: eventId }, [{ type: "event" }, message]);
    const response = await send(body, { ...sentryAuth(), "content-type": contentType });
    expect(response.statusCode).toBe(200);
  });

  it.each([
    ["an empty body", "", 400, "empty request body"],
    ["no JSON in the first line", "hello\n", 400, "invalid event envelope"],
    ["an id that is none", '{"event_id":"x"}\n', 400, "invalid event envelope"],
    ["a truncated item", '{}\n{"type":"event","length":99}\n{}', 400, "invalid event envelope"],
    ["another DSN", `{"dsn":"https://${"0".repeat(32)}@host/1"}`, 400, "invalid event envelope"],
  ])("refuses %s", async (...[, body, status, detail]) => {
    const response = await send(body);
    expect(response.statusCode).toBe(status);
    expect(response.json().detail).toBe(detail);
    expect(response.headers["x-sentry-error"]).toBe(detail);
    expect(await fresh()).toEqual([]);
  });

  it("refuses an unknown content encoding", async () => {
    const response = await send("{}", { ...sentryAuth(), "content-encoding": "lzma" });
    expect(response.statusCode).toBe(415);
  });

  it("refuses a body that does not match its encoding", async () => {
    const response = await send("no gzip", { ...sentryAuth(), "content-encoding": "gzip" });
    expect([response.statusCode, response.json().detail]).toEqual([400, "invalid request body"]);
  });

  it("refuses the whole envelope when one item is too large, naming its type", async () => {
    const big = JSON.stringify({ message: "x".repeat(1_100_000) });
    const response = await send(
      envelopeText({ event_id: eventId }, [{ type: "session" }, "{}"], [{ type: "event" }, big]),
    );
    expect(response.statusCode).toBe(413);
    expect(response.json().detail).toMatch(/^envelope exceeded size limits for type 'event' \(https:/);
    expect(await fresh()).toEqual([]);
  });

  it("keeps attachments in the blob store and names them in their event's record", async () => {
    const attachment = { type: "attachment", length: 4, filename: "a.txt", content_type: "text/plain" };
    await send(envelopeText({ event_id: eventId }, [attachment, "\n\n\n!"], [{ type: "event" }, message]));
    const records = await fresh();
    expect(records.map(({ item }) => item.type)).toEqual(["event"]);
    const [stored] = records[0]?.item.attachments ?? [];
    expect(stored).toMatchObject({
      itemType: "attachment",
      name: "a.txt",
      contentType: "text/plain",
      attachmentType: "event.attachment",
      sizeBytes: 4,
    });
    expect(stored?.blobKey).toMatch(/^attachments\/1\/2026-09-21\/[0-9a-f]{32}$/);
    expect((await edge.blobs.get(stored?.blobKey ?? ""))?.toString()).toBe("\n\n\n!");
  });

  it("keeps attachments without an event in a record of their own", async () => {
    await send(envelopeText({ event_id: eventId }, [{ type: "attachment", length: 2 }, "ab"]));
    const [record] = await fresh();
    expect(record?.item).toMatchObject({ type: "attachment", eventId, attachments: [{ name: "unnamed" }] });
    expect(record?.body.length).toBe(0);
  });

  it("keeps binary and large items beside the queue", async () => {
    const log = `{"items":[${'"x",'.repeat(80_000)}"x"]}`;
    const header = { type: "log", item_count: 3, content_type: "application/vnd.sentry.items.log+json" };
    await send(envelopeText({ event_id: eventId }, [{ type: "profile" }, "{}"], [header, log]));
    const [profile, logs] = await fresh();
    expect(profile?.item).toMatchObject({ type: "profile", header: { blob_size: 2 } });
    expect(profile?.item.blobKey).toBe(profile?.item.attachments[0]?.blobKey);
    expect(logs?.item).toMatchObject({ type: "log", header: { blob_size: log.length, item_count: 3 } });
    expect(logs?.body.length).toBe(0);
    expect((await edge.blobs.get(logs?.item.blobKey ?? ""))?.toString()).toBe(log);
  });

  it("answers both slash forms without a redirect", async () => {
    const body = envelopeText({ event_id: eventId }, [{ type: "event" }, message]);
    expect((await send(body, sentryAuth(), "/api/1/envelope")).statusCode).toBe(200);
    expect((await send(body, sentryAuth(), "/api/1/envelope/")).statusCode).toBe(200);
  });

  it("answers 405 to other methods and names those it takes", async () => {
    const response = await edge.app.inject({ method: "GET", url });
    expect([response.statusCode, response.headers["allow"]]).toEqual([405, "POST, OPTIONS"]);
  });

  it("answers a preflight without authentication, and marks every answer for browsers", async () => {
    const preflight = await edge.app.inject({ method: "OPTIONS", url });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers["access-control-allow-headers"]).toContain("x-sentry-auth");
    const refused = await send("{}", {});
    expect(refused.statusCode).toBe(401);
    for (const response of [preflight, refused]) {
      expect(response.headers).toMatchObject({
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
      });
      expect(response.headers["access-control-expose-headers"]).toContain("x-sentry-rate-limits");
    }
  });
});
