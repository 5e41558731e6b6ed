import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addToken, startApiServer } from "./api-server.test-suite.js";
import type { ApiServer, Method } from "./api-server.test-suite.js";
import { scopes } from "../domain/scope.js";

let server: ApiServer;
let foreign: string;
let powerless: string;
let reader: string;
beforeAll(async () => {
  server = await startApiServer();
  const { id } = await server.ports.meta
    .insertInto("organization")
    .values({
      slug: "foreign",
      name: "Foreign",
      created_at: 0,
      alerts_stopped_at: null,
      alerts_stopped_by: null,
      settings: "{}",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  foreign = await addToken(server, { text: "sntryu_foreign", scopes, organizationId: id });
  powerless = await addToken(server, { text: "sntryu_powerless", scopes: [] });
  const reading = scopes.filter((scope) => scope.endsWith(":read"));
  reader = await addToken(server, { text: "sntryu_reader", scopes: reading });
});
afterAll(() => server.dispose());

/** Routes that answer every caller about the caller alone. */
const ofEveryCaller = new Set(["/", "/auth/", "/internal/health/"]);

const apiRoutes = () =>
  server.routes
    .filter(({ url, method }) => url.startsWith("/api/0") && method !== "HEAD")
    .map(({ method, url }) => ({ method: method as Method, url: url.slice("/api/0".length) || "/" }));

/** A path of the route in the organisation `default`, whose things have the id 1. */
const pathOf = (url: string) =>
  url
    .replace(":organization", "default")
    .replace(":project", "default")
    .replaceAll(/:[a-zA-Z]+/g, "1");

async function statuses(token: string | null, routes = apiRoutes()) {
  const answers: Record<string, number> = {};
  for (const { method, url } of routes) {
    const hasBody = method !== "GET" && method !== "DELETE";
    const { status, body } = await server.ask(method, pathOf(url), {
      token,
      ...(hasBody ? { body: {} } : {}),
    });
    // An error without a sentence counts as no answer.
    answers[`${method} ${url}`] = status >= 400 && typeof body?.detail !== "string" ? 0 : status;
  }
  return answers;
}

const except = (answers: Record<string, number>, allowed: readonly number[]) =>
  Object.entries(answers).filter(([, status]) => !allowed.includes(status));

describe("every route of the API", () => {
  it("is there", () => {
    expect(apiRoutes().length).toBeGreaterThan(40);
  });

  it("answers 401 to nobody", async () => {
    expect(except(await statuses(null), [401])).toEqual([]);
  });

  it("answers 403 to a caller without any right", async () => {
    const routes = apiRoutes().filter(({ url }) => !ofEveryCaller.has(url));
    expect(except(await statuses(powerless, routes), [403])).toEqual([]);
  });

  it("answers 403 or 404 to an owner of another organisation", async () => {
    const routes = apiRoutes().filter(({ url }) => url.includes(":"));
    expect(except(await statuses(foreign, routes), [403, 404])).toEqual([]);
  });

  it("lets a caller who may only read change nothing", async () => {
    const changing = apiRoutes().filter(({ method, url }) => method !== "GET" && !url.endsWith("/backtest/"));
    expect(except(await statuses(reader, changing), [403])).toEqual([]);
  });
});

describe("paths which are not there", () => {
  it("answers 404 with a sentence", async () => {
    const { status, body, headers } = await server.ask("GET", "/users/me/regions/");
    expect([status, body]).toEqual([404, { detail: "The requested resource does not exist" }]);
    expect(headers["content-type"]).toBe("application/json");
  });

  it("answers 405 and the methods there are", async () => {
    const { status, body, headers } = await server.ask("PATCH", "/organizations/default/", { body: {} });
    expect([status, body]).toEqual([405, { detail: 'Method "PATCH" not allowed.' }]);
    expect(String(headers["allow"]).split(", ").toSorted()).toEqual(["GET", "HEAD", "PUT"]);
  });

  it("answers both slash forms without a redirect", async () => {
    const paths = ["/organizations/default", "/organizations/default/", "", "/"];
    const answers = await Promise.all(paths.map((path) => server.ask("GET", path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe("bodies and headers", () => {
  it("answers 400 with a sentence to a body that is no JSON", async () => {
    const response = await server.app.inject({
      method: "PUT",
      url: "/api/0/organizations/default/",
      headers: { authorization: "Bearer sntryu_foreign", "content-type": "application/json" },
      payload: "{",
    });
    expect([response.statusCode, typeof response.json().detail]).toEqual([400, "string"]);
  });

  it("takes a DELETE with a content type and no body", async () => {
    const { status } = await server.ask("DELETE", "/organizations/default/members/999/", {
      headers: { "content-type": "application/json" },
    });
    expect(status).toBe(404);
  });

  it("forbids caching, framing and guessing of types", async () => {
    const { headers } = await server.ask("GET", "/");
    expect(headers).toMatchObject({
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  });
});
