import { afterEach, describe, expect, it } from "vitest";
import type { BlobStore } from "../store/port.js";
import { envelopeText, sentryAuth, startEdge } from "./edge.test-suite.js";
import type { EdgeSetup, TestEdge } from "./edge.test-suite.js";

const eventId = "9ec79c33ec9942ab8353589fcb2e04dc";
const event = [{ type: "event" }, '{"message":"hi"}'] as const;
const attachment = [{ type: "attachment", length: 5 }, "bytes"] as const;
const session = [{ type: "session" }, "{}"] as const;
const report = [{ type: "client_report" }, '{"discarded_events":[]}'] as const;
const transaction = [{ type: "transaction" }, "{}"] as const;

describe("limits", () => {
  let edge: TestEdge;
  afterEach(() => edge.close());

  const start = async (setup: EdgeSetup): Promise<void> => {
    edge = await startEdge(setup);
  };
  const send = (...items: (readonly [object, string])[]) =>
    edge.app.inject({
      method: "POST",
      url: "/api/1/envelope/",
      headers: sentryAuth(),
      payload: envelopeText({ event_id: eventId }, ...items),
    });
  const types = async () => (await edge.records()).map(({ item }) => item.type);

  it("accepts a key's events up to its count, then tells SDKs to pause events", async () => {
    await start({ keyLimit: { count: 2, windowS: 60 } });
    expect((await send(event)).statusCode).toBe(200);
    expect((await send(event)).statusCode).toBe(200);
    const limited = await send(event);
    expect(limited.statusCode).toBe(429);
    const seconds = limited.headers["retry-after"];
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(limited.headers["x-sentry-rate-limits"]).toBe(`${seconds}:default;error;security:key:key_quota`);
    expect(await edge.outcomes()).toEqual(["error rate_limited/key_quota 1"]);
  });

  it("opens again with the next window", async () => {
    await start({ keyLimit: { count: 1, windowS: 60 } });
    await send(event);
    expect((await send(event)).statusCode).toBe(429);
    edge.setNow(1_790_000_000_000 + 60_000);
    expect((await send(event)).statusCode).toBe(200);
  });

  it("queues what is not limited and still answers 429", async () => {
    await start({ keyLimit: { count: 1, windowS: 60 } });
    await send(event);
    const response = await send(attachment, event, session, report);
    expect(response.statusCode).toBe(429);
    expect(response.json()).toMatchObject({ id: eventId });
    expect(await types()).toEqual(["event", "session", "client_report"]);
    expect((await edge.outcomes()).toSorted()).toEqual([
      "attachment rate_limited/key_quota 5",
      "attachment_item rate_limited/key_quota 1",
      "error rate_limited/key_quota 1",
    ]);
  });

  it("lets transactions pass a key's limit of events", async () => {
    await start({ keyLimit: { count: 1, windowS: 60 } });
    await send(event);
    expect((await send(transaction)).statusCode).toBe(200);
  });

  it("counts every item against the project's limit but client reports", async () => {
    await start({ settings: { rateLimitPerMinute: 2 } });
    expect((await send(report, session, transaction)).statusCode).toBe(200);
    const limited = await send(report, session);
    expect(limited.statusCode).toBe(429);
    expect(limited.headers["x-sentry-rate-limits"]).toMatch(/^\d+::project:project_quota$/);
    expect(await types()).toEqual(["client_report", "session", "transaction", "client_report"]);
  });

  it("swallows limits where a 429 would be answered by the same again", async () => {
    await start({ settings: { rateLimitPerMinute: 1 } });
    await send(session);
    const url = "/api/1/cron/nightly?status=ok";
    const response = await edge.app.inject({ method: "GET", url, headers: sentryAuth() });
    expect(response.statusCode).toBe(202);
    expect(await types()).toEqual(["session"]);
  });

  it("refuses everything while the backlog is full, and counts it", async () => {
    await start({ options: { maxBacklogRecords: 1, backlogRetrySeconds: 11 } });
    expect((await send(event)).statusCode).toBe(200);
    const refused = await send(event);
    expect(refused.statusCode).toBe(429);
    expect(refused.headers["retry-after"]).toBe("11");
    expect(refused.headers["x-sentry-rate-limits"]).toBe("11::organization:backlog");
    const ready = await edge.app.inject("/api/relay/healthcheck/ready/");
    expect(ready.statusCode).toBe(503);
    expect((await edge.app.inject("/api/relay/healthcheck/live/")).statusCode).toBe(200);
    const cron = await edge.app.inject({ url: "/api/1/cron/nightly?status=ok", headers: sentryAuth() });
    expect(cron.statusCode).toBe(503);
    expect(await edge.outcomes()).toEqual(["default rate_limited/backlog 2"]);
  });

  it("refuses bodies over the limit with 413", async () => {
    await start({ options: { maxBodyBytes: 1_000 } });
    const response = await edge.app.inject({
      method: "POST",
      url: "/api/1/envelope/",
      headers: sentryAuth(),
      payload: "x".repeat(1_001),
    });
    expect(response.statusCode).toBe(413);
    expect(response.json().detail).toMatch(/^envelope exceeded size limits/);
    expect(await edge.outcomes()).toEqual(["default invalid/too_large:envelope 1"]);
  });

  it("counts items of a refused envelope by category under their size limit", async () => {
    await start({});
    await send([{ type: "check_in" }, `"${"x".repeat(103_000)}"`], session);
    expect((await edge.outcomes()).toSorted()).toEqual([
      "monitor invalid/too_large:check_in 1",
      "session invalid/too_large:check_in 1",
    ]);
  });

  it("answers 503 when the queue does not take the items, leaving no blob behind", async () => {
    const kept = new Map<string, Buffer>();
    const blobs: BlobStore = {
      put: async (key, body) => void kept.set(key, body),
      get: async (key) => kept.get(key) ?? null,
      delete: async (key) => void kept.delete(key),
    };
    await start({ blobs });
    await send(event, attachment);
    expect(kept.size).toBe(1);
    await edge.queue.close();
    const response = await send(event, attachment);
    expect(kept.size).toBe(1);
    expect([response.statusCode, response.json().detail]).toEqual([503, "failed to queue envelope"]);
    expect(edge.logged.some((line) => line.includes("could not be stored"))).toBe(true);
  });
});
