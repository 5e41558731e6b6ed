import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOriginAllowed } from "./allowed-origin.js";
import { envelopeText, sentryAuth, startEdge, testKey } from "./edge.test-suite.js";
import type { TestEdge } from "./edge.test-suite.js";

const body = envelopeText({}, [{ type: "event" }, "{}"]);
const basic = (user: string) => ({ authorization: `Basic ${Buffer.from(`${user}:x`).toString("base64")}` });
const withDsn = (dsn: string) => envelopeText({ dsn }, [{ type: "event" }, "{}"]);

describe("authentication", () => {
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge({ settings: { allowedDomains: ["example.com", "*.shop.test"] } });
  });
  afterAll(() => edge.close());

  const post = (headers: Record<string, string>, { query = "", payload = body, project = "1" } = {}) =>
    edge.app.inject({ method: "POST", url: `/api/${project}/envelope/${query}`, headers, payload });

  it.each([
    ["X-Sentry-Auth", sentryAuth(), ""],
    ["X-Sentry-Auth with flags in the key", sentryAuth(`${testKey}.no-cache`), ""],
    ["Authorization: Sentry", { authorization: sentryAuth()["x-sentry-auth"] }, ""],
    ["Authorization: Basic", basic(testKey), ""],
    ["the query", {}, `?sentry_key=${testKey}&sentry_version=7&sentry_client=sentry.javascript.browser%2F10`],
    ["the query beside a proxy's bearer token", { authorization: "Bearer abc" }, `?sentry_key=${testKey}`],
    ["two sources at once", sentryAuth(), `?sentry_key=${testKey}`],
  ])("finds the key in %s", async (_where, headers, query) => {
    expect((await post(headers as Record<string, string>, { query })).statusCode).toBe(200);
  });

  it("finds the key in the envelope's DSN, as a tunnel forwards it", async () => {
    expect((await post({}, { payload: withDsn(`https://${testKey}@any.host/1`) })).statusCode).toBe(200);
  });

  it.each([
    ["no credentials", {}, {}, 401],
    ["a header without a key", { "x-sentry-auth": "Sentry sentry_version=7" }, {}, 401],
    ["a DSN nobody can read", {}, { payload: withDsn("nonsense") }, 401],
    ["a version that is no number", {}, { query: `?sentry_key=${testKey}&sentry_version=new` }, 401],
    ["a version of the future", {}, { query: `?sentry_key=${testKey}&sentry_version=8` }, 400],
    ["a tunnelled envelope for another project", {}, { payload: withDsn(`https://${testKey}@host/2`) }, 400],
    ["a project that is no number", sentryAuth(), { project: "shop" }, 400],
    ["a project that starts with zero", sentryAuth(), { project: "01" }, 400],
    ["the key of another project", sentryAuth(), { project: "2" }, 403],
    ["an unknown key", sentryAuth("f".repeat(32)), {}, 403],
    ["a foreign origin", { ...sentryAuth(), origin: "https://evil.test" }, {}, 403],
  ])("refuses %s", async (...[, headers, request, status]) => {
    const response = await post(headers, request);
    expect(response.statusCode).toBe(status);
    expect(response.json().detail).toEqual(expect.any(String));
  });

  it("names the reason of a refused submission", async () => {
    const wrongKey = await post(sentryAuth("f".repeat(32)));
    expect(wrongKey.json().detail).toBe("event submission rejected with_reason: ProjectId");
    const origin = await post({ ...sentryAuth(), origin: "https://evil.test" });
    expect(origin.json().detail).toBe("event submission rejected with_reason: Cors");
  });

  it("takes a new key at once and drops a disabled one with the next look", async () => {
    const key = "b".repeat(32);
    expect((await post(sentryAuth(key))).statusCode).toBe(403);
    const values = { public_key: key, project_id: 1, label: "", is_active: 1, created_at: 0 };
    await edge.meta.db.insertInto("project_key").values(values).execute();
    await edge.meta.db.updateTable("project").set({ revision: 2 }).execute();
    await expect.poll(async () => (await post(sentryAuth(key))).statusCode, { timeout: 3_000 }).toBe(200);
    await edge.meta.db
      .updateTable("project_key")
      .set({ is_active: 0 })
      .where("public_key", "=", key)
      .execute();
    await edge.meta.db.updateTable("project").set({ revision: 3 }).execute();
    await expect.poll(async () => (await post(sentryAuth(key))).statusCode, { timeout: 3_000 }).toBe(403);
  });

  it("counts a refused origin for the project", async () => {
    expect(await edge.outcomes()).toContain("default invalid/cors 2");
  });
});

describe("allowed origins", () => {
  it.each([
    [{ origin: "https://example.com" }, true],
    [{ origin: "https://example.com:8443" }, true],
    [{ origin: "https://a.example.com" }, false],
    [{ origin: "https://a.shop.test" }, true],
    [{ origin: "https://shop.test" }, true],
    [{ origin: "https://evilshop.test" }, false],
    [{ origin: "http://exact.test:1" }, true],
    [{ origin: "https://exact.test:1" }, false],
    [{ origin: "null" }, false],
    [{ referer: "https://example.com/page?x=1" }, true],
    [{ referer: "https://evil.test/example.com" }, false],
    [{}, true],
  ])("checks %j", (headers, allowed) => {
    expect(isOriginAllowed(headers, ["example.com", "*.shop.test", "http://exact.test:1"])).toBe(allowed);
  });

  it("lets everybody in with a star", () => {
    expect(isOriginAllowed({ origin: "null" }, ["*"])).toBe(true);
  });
});
