import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../shared/ids.js";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { admin, ownerToken, publicUrl, signIn, startApiServer } from "../api-server.test-suite.js";
import type { ApiServer } from "../api-server.test-suite.js";

describe.each(metaKinds())("signing in on $name", (kind) => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ kind });
  });
  afterAll(() => server.dispose());

  const asked = (cookie: string) => server.ask("GET", "/", { token: null, headers: { cookie } });
  const post = (path: string, { cookie = "", payload = {}, headers = {} }) =>
    server.app.inject({
      method: "POST",
      url: path,
      headers: { origin: publicUrl, "x-requested-with": "vedette", cookie, ...headers },
      payload,
    });

  it("answers who signed in", async () => {
    const { response, cookie } = await signIn(server, admin);
    expect(response.statusCode).toBe(200);
    for (const each of response.cookies)
      expect(each).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    const { status, headers, body } = await asked(cookie);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/json");
    expect(body).toMatchObject({
      version: "0",
      user: { email: admin.email, name: "Administrator" },
      organization: { id: "1", slug: "default", name: "Default" },
      role: "owner",
      needsPasswordChange: false,
      publicUrl,
    });
    expect(body.auth.scopes).toContain("org:admin");
  });

  it("refuses a wrong password and an unknown person alike", async () => {
    const wrong = await signIn(server, { ...admin, password: "not the password" });
    const unknown = await signIn(server, { email: "nobody@vedette.test", password: "not the password" });
    expect([wrong.response.statusCode, unknown.response.statusCode]).toEqual([401, 401]);
    expect(wrong.response.body).toBe(unknown.response.body);
    expect(wrong.response.json().detail).toBe("Invalid email or password");
  });

  it("answers 401 without a session, with a forged cookie and with an unknown token", async () => {
    expect((await asked("")).status).toBe(401);
    expect((await asked("vedette.session_token=abc.def")).status).toBe(401);
    const { status, body } = await server.ask("GET", "/", { token: "sntryu_unknown" });
    expect([status, body]).toEqual([401, { detail: "Invalid token" }]);
  });

  it("ends the session when the person signs out", async () => {
    const { cookie } = await signIn(server, admin);
    const out = await post("/api/auth/sign-out", { cookie });
    expect(out.statusCode).toBe(200);
    expect(out.cookies.map(({ value }) => value)).toEqual(out.cookies.map(() => ""));
  });

  it("takes a change from a cookie only with the header that other sites cannot set", async () => {
    const { cookie } = await signIn(server, admin);
    const payload = { name: "from elsewhere", scopes: ["event:read"] };
    const bare = await server.app.inject({
      method: "POST",
      url: "/api/0/api-tokens/",
      headers: { cookie },
      payload,
    });
    expect([bare.statusCode, bare.json()]).toEqual([
      403,
      { detail: expect.stringContaining("X-Requested-With") },
    ]);
    expect((await post("/api/0/api-tokens/", { cookie, payload })).statusCode).toBe(201);
  });

  it("refuses what a page of another site asks with the person's cookie", async () => {
    const { cookie } = await signIn(server, admin);
    const from = async (origin: string, host: string) => {
      const response = await post("/api/auth/sign-out", { cookie, headers: { origin, host } });
      return response.statusCode;
    };
    expect(await from("https://evil.test", "vedette.test:9000")).toBe(403);
    expect(await from("http://192.168.1.5:9000", "192.168.1.5:9000")).toBe(200);
  });

  it("prolongs a session in use, and its cookie", async () => {
    const { cookie } = await signIn(server, admin);
    await server.ports.meta
      .withTables<{ session: { expiresAt: string } }>()
      .updateTable("session")
      .set({ expiresAt: new Date(Date.now() + 86_400_000).toISOString() })
      .execute();
    const { headers } = await asked(cookie);
    expect(String(headers["set-cookie"])).toMatch(/vedette\.session_token=.*Max-Age=1209600/);
  });

  it("lets nobody sign up", async () => {
    const payload = { email: "new@vedette.test", password: "a long password", name: "New" };
    const response = await post("/api/auth/sign-up/email", { payload });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(await server.accounts.find("new@vedette.test")).toBeNull();
  });

  it("asks for another password until the one-time password is changed", async () => {
    const invited = await server.ask("POST", "/organizations/default/members/", {
      body: { email: "New.Person@vedette.test", orgRole: "member" },
    });
    const first = { email: "new.person@vedette.test", password: invited.body.oneTimePassword };
    const { cookie } = await signIn(server, first);
    expect((await asked(cookie)).body).toMatchObject({ needsPasswordChange: true, role: "member" });
    const payload = {
      currentPassword: first.password,
      newPassword: "another long password",
      revokeOtherSessions: true,
    };
    const changed = await post("/api/auth/change-password", { cookie, payload });
    expect(changed.statusCode).toBe(200);
    expect((await signIn(server, first)).response.statusCode).toBe(401);
    const second = await signIn(server, { ...first, password: payload.newPassword });
    expect((await asked(second.cookie)).body.needsPasswordChange).toBe(false);
  });

  it("opens nothing any more to a person who was removed", async () => {
    const invited = await server.ask("POST", "/organizations/default/members/", {
      body: { email: "leaver@vedette.test" },
    });
    const leaver = { email: "leaver@vedette.test", password: invited.body.oneTimePassword };
    const { cookie } = await signIn(server, leaver, "10.0.0.2");
    expect((await asked(cookie)).status).toBe(200);
    const removed = await server.ask("DELETE", `/organizations/default/members/${invited.body.id}/`);
    expect(removed.status).toBe(204);
    expect((await asked(cookie)).status).toBe(401);
  });
});

describe("guessing passwords", () => {
  let server: ApiServer;
  beforeEach(async () => {
    server = await startApiServer();
  });

  it("is stopped after ten attempts from one address, and others still sign in", async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt++) {
      const { response } = await signIn(
        server,
        { ...admin, password: `guess number ${attempt}` },
        "10.6.6.6",
      );
      statuses.push(response.statusCode);
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(10)).toEqual([429, 429]);
    const { response } = await signIn(server, admin, "10.6.6.6");
    expect(response.json().detail).toMatch(/Too many requests/);
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    const other = await signIn(server, admin, "10.9.9.9");
    expect(other.response.statusCode).toBe(200);
    await server.dispose();
  });
});

describe("behind https", () => {
  it("sends the cookie over https alone", async () => {
    const server = await startApiServer({ publicUrl: "https://errors.example.com" });
    const { response, cookie } = await signIn(server, admin);
    for (const each of response.cookies) expect(each).toMatchObject({ secure: true, httpOnly: true });
    const { status } = await server.ask("GET", "/", { token: null, headers: { cookie } });
    expect(status).toBe(200);
    await server.dispose();
  });
});

describe.each(metaKinds())("tokens on $name", (kind) => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ kind });
  });
  afterAll(() => server.dispose());

  const lastUsed = async () => {
    const row = await server.ports.meta
      .selectFrom("api_token")
      .select("last_used_at")
      .where("token_hash", "=", sha256Hex(ownerToken))
      .executeTakeFirstOrThrow();
    return row.last_used_at ?? 0;
  };

  it("note their last use at most once a minute", async () => {
    await server.ask("GET", "/");
    const first = await lastUsed();
    server.advance(30_000);
    await server.ask("GET", "/");
    expect(await lastUsed()).toBe(first);
    server.advance(31_000);
    await server.ask("GET", "/");
    expect(await lastUsed()).toBeGreaterThanOrEqual(first + 61_000);
  });

  it("open nothing after their time", async () => {
    await server.ports.meta
      .insertInto("api_token")
      .values({
        organization_id: 1,
        user_id: null,
        name: "short-lived",
        token_hash: sha256Hex("sntryu_short"),
        hint: "hort",
        scopes: '["org:read"]',
        created_at: 0,
        last_used_at: null,
        expires_at: server.ports.now() + 1_000,
      })
      .execute();
    expect((await server.ask("GET", "/", { token: "sntryu_short" })).status).toBe(200);
    server.advance(2_000);
    expect((await server.ask("GET", "/", { token: "sntryu_short" })).status).toBe(401);
  });
});
