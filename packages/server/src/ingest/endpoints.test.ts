import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { QueueRecord } from "../queue/port.js";
import { envelopeText, sentryAuth, startEdge, testKey } from "./edge.test-suite.js";
import type { TestEdge } from "./edge.test-suite.js";

const eventId = "9ec79c33ec9942ab8353589fcb2e04dc";
const event = `{"message":"hi","event_id":"${eventId}"}`;
const inQuery = `sentry_key=${testKey}&sentry_version=7`;

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
const post = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
  edge.app.inject({ method: "POST", url, payload, headers: { ...sentryAuth(), ...headers } });
const get = (url: string) => edge.app.inject({ method: "GET", url });

describe("the store endpoint", () => {
  it.each([
    ["plain JSON", event, {}],
    ["JSON after spaces", ` \n${event}`, {}],
    ["base64", Buffer.from(event).toString("base64"), {}],
    ["base64 of zlib", deflateSync(event).toString("base64"), {}],
    ["gzip", gzipSync(event), { "content-encoding": "gzip" }],
    [
      "an envelope",
      envelopeText({}, [{ type: "event" }, event]),
      { "content-type": "application/x-sentry-envelope" },
    ],
  ])("takes %s", async (_form, body, headers) => {
    const response = await post("/api/1/store/", body, headers);
    expect([response.statusCode, response.json()]).toEqual([200, { id: eventId }]);
    const [record] = await fresh();
    expect([record?.item.type, record?.body.toString().trim()]).toEqual(["event", event]);
  });

  it("finds the project by the key when the path names none", async () => {
    expect((await post("/api/store/", event)).statusCode).toBe(200);
    expect((await fresh())[0]?.item.projectId).toBe(1);
  });

  it("makes a transaction of a payload that is one", async () => {
    await post("/api/1/store/", '{"contexts":{"type":"x"},"type":"transaction"}');
    expect((await fresh())[0]?.item.type).toBe("transaction");
  });

  it.each([
    ["JSON", encodeURIComponent(event)],
    ["base64", Buffer.from(event).toString("base64")],
    ["escaped base64 of zlib", encodeURIComponent(deflateSync(event).toString("base64"))],
  ])("answers a GET with %s by a pixel", async (_form, data) => {
    const response = await get(`/api/1/store/?${inQuery}&sentry_data=${data}`);
    expect([response.statusCode, response.headers["content-type"]]).toEqual([200, "image/gif"]);
    expect(response.rawPayload.subarray(0, 6).toString()).toBe("GIF89a");
    expect((await fresh())[0]?.body.toString()).toBe(event);
  });

  it.each([
    ["nothing", "", 400, "empty request body"],
    ["no JSON", "hello", 400, "invalid JSON data"],
    ["zlib of no JSON", deflateSync("hello").toString("base64"), 400, "invalid JSON data"],
    ["more than an event may have", `{"a":"${"x".repeat(1_100_000)}"}`, 413, "envelope exceeded"],
    ["a bomb", deflateSync(Buffer.alloc(50_000_000)).toString("base64"), 413, "envelope exceeded"],
  ])("refuses %s", async (...[, body, status, detail]) => {
    const response = await post("/api/1/store/", body);
    expect(response.statusCode).toBe(status);
    expect(response.json().detail).toContain(detail);
    expect(await fresh()).toEqual([]);
  });
});

describe("the security endpoint", () => {
  const report = '{"csp-report":{"violated-directive":"img-src"}}';
  it.each(["/api/1/security/", "/api/1/csp-report/"])("takes a browser's report at %s", async (path) => {
    const url = `${path}?${inQuery}&sentry_release=1.2&sentry_environment=prod`;
    const headers = { "content-type": "application/csp-report" };
    const response = await edge.app.inject({ method: "POST", url, headers, payload: report });
    expect([response.statusCode, response.body]).toEqual([200, ""]);
    const [record] = await fresh();
    expect(record?.item).toMatchObject({
      type: "raw_security",
      header: { sentry_release: "1.2", sentry_environment: "prod" },
    });
    expect(record?.item.eventId).toMatch(/^[0-9a-f]{32}$/);
    expect(record?.body.toString()).toBe(report);
  });

  it("refuses other media types and empty bodies", async () => {
    expect((await post("/api/1/security/", report, { "content-type": "text/html" })).statusCode).toBe(415);
    const empty = await post("/api/1/security/", "", { "content-type": "application/csp-report" });
    expect([empty.statusCode, empty.json().detail]).toEqual([400, "empty request body"]);
  });

  it("takes arrays of network errors whole", async () => {
    const response = await post("/api/1/nel/", "[{}]", { "content-type": "application/reports+json" });
    expect(response.statusCode).toBe(200);
    expect((await fresh()).map(({ item }) => item.type)).toEqual(["nel"]);
  });
});

describe("the cron endpoint", () => {
  it.each([`/api/1/cron/nightly?status=ok&${inQuery}`, `/api/1/cron/nightly/${testKey}/?status=ok`])(
    "takes a check-in by GET at %s",
    async (url) => {
      const response = await get(`${url}&duration=1.5&environment=prod`);
      expect(response.statusCode).toBe(202);
      const [record] = await fresh();
      expect(record?.item.type).toBe("check_in");
      expect(JSON.parse(record?.body.toString() ?? "")).toEqual({
        check_in_id: "0".repeat(32),
        status: "ok",
        duration: 1.5,
        environment: "prod",
        monitor_slug: "nightly",
      });
    },
  );

  it("takes JSON by POST and puts the path's slug into it", async () => {
    const body = '{"monitor_slug":"other","status":"in_progress","monitor_config":{}}';
    const response = await post("/api/1/cron/nightly/", body, { "content-type": "application/json" });
    expect(response.statusCode).toBe(202);
    expect((await fresh())[0]?.body.toString()).toContain('"monitor_slug":"nightly"');
  });

  it("refuses a check-in without status and JSON that is none", async () => {
    expect((await get(`/api/1/cron/nightly?${inQuery}`)).statusCode).toBe(400);
    const response = await post("/api/1/cron/nightly/", "{", { "content-type": "application/json" });
    expect([response.statusCode, response.json().detail]).toEqual([400, "invalid JSON data"]);
  });
});

describe("the other endpoints", () => {
  it("keeps an Unreal crash as it came", async () => {
    const url = `/api/1/unreal/${testKey}/?UserID=u7`;
    const response = await edge.app.inject({ method: "POST", url, payload: Buffer.from([1, 2, 3]) });
    expect(response.statusCode).toBe(200);
    expect(response.body).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect((await fresh())[0]?.item).toMatchObject({
      type: "unreal_report",
      header: { unreal_user_id: "u7", blob_size: 3 },
    });
  });

  it.each([
    ["/api/1/integration/otlp/v1/traces", "otlp_traces"],
    ["/api/1/integration/otlp/v1/traces/", "otlp_traces"],
    ["/api/1/otlp/v1/traces", "otlp_traces"],
    ["/api/1/integration/otlp/v1/logs", "otlp_logs"],
  ])("keeps OpenTelemetry data sent to %s", async (url, type) => {
    const response = await post(url, gzipSync("proto"), {
      "content-type": "application/x-protobuf",
      "content-encoding": "gzip",
    });
    expect(response.statusCode).toBe(202);
    const [record] = await fresh();
    expect(record?.item).toMatchObject({ type, header: { content_type: "application/x-protobuf" } });
    expect(record?.body.toString()).toBe("proto");
  });

  it("refuses OpenTelemetry data of another media type", async () => {
    const url = "/api/1/integration/otlp/v1/logs";
    expect((await post(url, "x", { "content-type": "text/plain" })).statusCode).toBe(415);
  });

  it("answers Relay's health checks", async () => {
    expect((await get("/api/relay/healthcheck/live/")).statusCode).toBe(200);
    expect((await get("/api/relay/healthcheck/ready/")).statusCode).toBe(200);
  });

  it("leaves paths that are not its own to the app", async () => {
    expect((await post("/api/1/unknown/", "{}")).statusCode).toBe(404);
  });
});
