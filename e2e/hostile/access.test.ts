import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminEmail, adminPassword, Server, token } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { problemOf } from "./clear-answer.js";
import { envelope, newId, ordinaryEvent } from "./envelopes.js";
import { post } from "./post.js";
import type { Posted } from "./post.js";

const org = "/organizations/default";
const project = "/projects/default/default";

/** One path of each family of the web API; `ISSUE` and `EVENT` stand for ids that exist. */
const readPaths = [
  "/",
  "/internal/health/",
  "/internal/dead-letters/",
  "/projects/",
  "/organizations/",
  "/api-tokens/",
  `${org}/`,
  `${org}/projects/`,
  `${org}/teams/`,
  `${org}/members/`,
  `${org}/environments/`,
  `${org}/audit/`,
  `${org}/releases/`,
  `${org}/tags/`,
  `${org}/stats_v2/?field=sum(quantity)`,
  `${org}/issues/`,
  `${org}/issues/ISSUE/`,
  `${org}/issues/ISSUE/events/`,
  `${org}/issues/ISSUE/events/latest/`,
  `${org}/issues/ISSUE/tags/`,
  `${org}/issues/ISSUE/hashes/`,
  `${org}/issues/ISSUE/activities/`,
  "/issues/ISSUE/",
  "/issues/ISSUE/events/",
  `${org}/eventids/EVENT/`,
  `${project}/`,
  `${project}/keys/`,
  `${project}/issues/`,
  `${project}/events/`,
  `${project}/events/EVENT/`,
  `${project}/events/EVENT/json/`,
  `${project}/events/EVENT/attachments/`,
  `${project}/environments/`,
  `${project}/rules/`,
  `${org}/alerts/rules/`,
  `${org}/alerts/channels/`,
  `${org}/alerts/history/`,
];
const changes: readonly (readonly [string, string])[] = [
  ["PUT", `${org}/issues/?id=ISSUE`],
  ["DELETE", `${org}/issues/?id=ISSUE`],
  ["PUT", `${org}/issues/ISSUE/`],
  ["DELETE", `${org}/issues/ISSUE/`],
  ["POST", `${org}/issues/ISSUE/notes/`],
  ["POST", `${org}/projects/`],
  ["PUT", `${project}/`],
  ["DELETE", `${project}/`],
  ["POST", `${project}/keys/`],
  ["POST", "/api-tokens/"],
  ["PUT", `${org}/`],
  ["POST", `${org}/members/`],
  ["POST", `${org}/alerts/rules/`],
  ["POST", `${org}/alerts/channels/`],
  ["POST", "/internal/dead-letters/redrive/"],
];

describe("who may ask the API for what", () => {
  let server: Server;
  let issueId = "";
  const eventId = newId();
  const fill = (path: string) => `/api/0${path.replace("ISSUE", issueId).replace("EVENT", eventId)}`;
  const ask = (method: string, path: string, headers: Record<string, string> = {}): Promise<Posted> =>
    post(server, {
      method,
      path: fill(path),
      headers: { "Content-Type": "application/json", ...headers },
      body: method === "GET" ? "" : "{}",
    });
  const bearer = (value: string) => ({ Authorization: `Bearer ${value}` });

  beforeAll(async () => {
    server = await Server.start({ environment: { VEDETTE_LOG_LEVEL: "error" } });
    const traversal = "../../../../tmp/vedette-escaped\u0000.txt";
    const event = envelope(ordinaryEvent({ event_id: eventId })).toString();
    const attachment = `${JSON.stringify({ type: "attachment", length: 5, filename: traversal, content_type: "text/html" })}\nhello\n`;
    await post(server, { body: event + attachment });
    issueId = await waitFor(
      "the issue",
      async () => (await server.api<{ id: string }[]>(`${org}/issues/?query=`))[0]?.id,
    );
  });
  afterAll(() => server?.stop());

  it("answers 401 everywhere without a token, whatever the path", async () => {
    for (const [method, path] of [...readPaths.map((one) => ["GET", one] as const), ...changes]) {
      for (const headers of [
        {},
        bearer("wrong"),
        bearer(""),
        bearer("' or 1=1 --"),
        { Authorization: `Basic ${Buffer.from("admin:").toString("base64")}` },
        { Cookie: "better-auth.session_token=forged.forged" },
      ]) {
        const answer = await ask(method, path, headers);
        expect(problemOf(`${method} ${path} ${JSON.stringify(headers)}`, answer, [401])).toBeNull();
      }
    }
  });

  it("answers every one of the paths with the token", async () => {
    for (const path of readPaths) {
      const answer = await ask("GET", path, bearer(token));
      expect(problemOf(path, answer, [200])).toBeNull();
    }
  });

  it("answers 404 for other organisations, projects and ids", async () => {
    const strange = ["other", "%252e%252e%252f", "0", "-1", "99999999999999999999", "'", "__proto__", "%00"];
    for (const name of strange) {
      const paths = [
        `/organizations/${name}/issues/`,
        `/organizations/${name}/`,
        `/projects/${name}/default/`,
        `/projects/default/${name}/`,
        `${org}/issues/${name}/`,
        `${org}/issues/${name}/events/latest/`,
        `${org}/issues/ISSUE/events/${name}/`,
        `${project}/events/${name}/`,
        `${org}/eventids/${name}/`,
        `${org}/alerts/rules/${name}/`,
        `${org}/alerts/notifications/${name}/`,
        `${project}/events/EVENT/attachments/${name}/`,
      ];
      for (const path of paths) {
        const answer = await ask("GET", path, bearer(token));
        expect(problemOf(path, answer, [400, 404])).toBeNull();
      }
    }
  });

  it("keeps an attachment with a path for a name inside the data directory and sends it as a download", async () => {
    const [attachment] = await server.api<{ id: string; name: string }[]>(
      `${project}/events/${eventId}/attachments/`,
    );
    expect(attachment).toBeDefined();
    const download = await ask(
      "GET",
      `${project}/events/EVENT/attachments/${attachment?.id}/?download=1`,
      bearer(token),
    );
    expect(download.status).toBe(200);
    expect(download.text).toBe("hello");
    expect(download.headers["content-disposition"]).toMatch(/^attachment/);
    expect(download.headers["content-disposition"]).not.toMatch(/[\\/]|\.\.|%2f|\0/i);
    expect(download.headers["x-content-type-options"]).toBe("nosniff");
  });

  it("refuses changes with a cookie alone, since another site could send them", async () => {
    const signIn = await post(server, {
      path: "/api/auth/sign-in/email",
      headers: { "Content-Type": "application/json", Origin: server.url },
      body: JSON.stringify({ email: adminEmail, password: adminPassword }),
    });
    expect(problemOf("sign in", signIn, [200])).toBeNull();
    const cookies = signIn.headers["set-cookie"] ?? [];
    expect(cookies.join()).toMatch(/HttpOnly/i);
    expect(cookies.join()).toMatch(/SameSite=(Lax|Strict)/i);
    const cookie = { Cookie: cookies.map((one) => one.split(";")[0]).join("; ") };
    expect((await ask("GET", `${org}/issues/`, cookie)).status).toBe(200);
    for (const [method, path] of changes) {
      const answer = await ask(method, path, { ...cookie, Origin: "https://evil.example" });
      expect(problemOf(`${method} ${path}`, answer, [403])).toBeNull();
      expect(answer.text).toContain("CSRF");
    }
    const allowed = await post(server, {
      method: "PUT",
      path: fill(`${org}/issues/?id=ISSUE`),
      headers: { ...cookie, "Content-Type": "application/json", "X-Requested-With": "vedette" },
      body: '{"status":"resolved"}',
    });
    expect(problemOf("with the header", allowed, [200])).toBeNull();
  });

  it("refuses bodies that are no JSON, too large, or of another kind", async () => {
    const bodies = [
      "{",
      "[",
      "null",
      '"x"',
      "[]",
      '{"status":{"$ne":1}}',
      '{"status":"' + "x".repeat(2_000_000) + '"}',
      `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      '{"__proto__":{"admin":true}}',
      "\u0000",
    ];
    for (const body of bodies) {
      for (const [method, path] of changes.filter(([verb]) => verb !== "DELETE")) {
        if (path.includes("redrive") || path === "/api-tokens/") continue;
        const answer = await post(server, {
          method,
          path: fill(path),
          headers: { ...bearer(token), "Content-Type": "application/json" },
          body,
        });
        expect(problemOf(`${method} ${path} ${body.slice(0, 40)}`, answer)).toBeNull();
      }
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
