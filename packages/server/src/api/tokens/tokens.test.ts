import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "../../shared/ids.js";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { addToken, admin, publicUrl, signIn, startApiServer } from "../api-server.test-suite.js";
import type { ApiServer, AskOptions } from "../api-server.test-suite.js";

describe.each(metaKinds())("API tokens on $name", (kind) => {
  let server: ApiServer;
  let asOwner: AskOptions;
  let asMember: AskOptions;
  beforeAll(async () => {
    server = await startApiServer({ kind });
    asOwner = await sessionOf(admin);
    const member = { email: "member@vedette.test" };
    const { body } = await server.ask("POST", "/organizations/default/members/", { body: member });
    asMember = await sessionOf({ ...member, password: body.oneTimePassword });
  });
  afterAll(() => server.dispose());

  async function sessionOf(credentials: { email: string; password: string }): Promise<AskOptions> {
    const { cookie } = await signIn(server, credentials);
    return { token: null, headers: { cookie, "x-requested-with": "vedette" } };
  }

  const create = (as: AskOptions, scopes: readonly string[], name = "ci") =>
    server.ask("POST", "/api-tokens/", { ...as, body: { name, scopes } });

  it("are shown once and kept as a hash", async () => {
    const { status, body } = await create(asMember, ["event:read", "project:read"]);
    expect(status).toBe(201);
    expect(body.token).toMatch(/^sntryu_[0-9a-f]{64}$/);
    const { body: list } = await server.ask("GET", "/api-tokens/", asMember);
    expect(list).toMatchObject([
      {
        id: body.id,
        name: "ci",
        scopes: ["event:read", "project:read"],
        tokenLastCharacters: body.token.slice(-4),
      },
    ]);
    expect(JSON.stringify(list)).not.toContain(body.token);
    const row = await server.ports.meta
      .selectFrom("api_token")
      .selectAll()
      .where("id", "=", Number(body.id))
      .executeTakeFirstOrThrow();
    expect(row.token_hash).toBe(sha256Hex(body.token));
    expect(JSON.stringify(row)).not.toContain(body.token);
  });

  it("may do what they were made for and no more", async () => {
    const { body } = await create(asMember, ["event:read"]);
    expect((await server.ask("GET", "/", body)).body).toMatchObject({
      auth: { scopes: ["event:read"] },
      user: { email: "member@vedette.test" },
      role: "member",
    });
    expect((await server.ask("GET", "/organizations/default/members/", body)).status).toBe(403);
    expect((await server.ask("GET", "/api-tokens/", body)).status).toBe(403);
  });

  it("cannot be given rights their maker does not have", async () => {
    const { status, body } = await create(asMember, ["event:read", "org:admin"]);
    expect([status, body.detail]).toEqual([403, "You do not have these scopes yourself: org:admin."]);
    expect((await create(asMember, ["no:scope"])).status).toBe(400);
    expect((await create(asMember, [])).status).toBe(400);
  });

  it("lose what their owner's role loses", async () => {
    const { body } = await create(asOwner, ["org:admin", "event:read"], "owner's");
    const member = server.ports.meta.updateTable("member").where("id", "=", 1);
    await member.set({ role: "member" }).execute();
    expect((await server.ask("GET", "/", body)).body.auth.scopes).toEqual(["event:read"]);
    await member.set({ role: "owner" }).execute();
  });

  it("are revoked by their owner, by an owner of the organisation and by nobody else", async () => {
    const own = await create(asMember, ["event:read"]);
    const owners = await create(asOwner, ["event:read"]);
    expect((await server.ask("DELETE", `/api-tokens/${owners.body.id}/`, asMember)).status).toBe(404);
    expect((await server.ask("DELETE", `/api-tokens/${own.body.id}/`, asMember)).status).toBe(204);
    expect((await server.ask("GET", "/", own.body)).status).toBe(401);
    const another = await create(asMember, ["event:read"]);
    expect((await server.ask("DELETE", `/api-tokens/${another.body.id}/`, asOwner)).status).toBe(204);
  });

  it("of the organisation tell sentry-cli where they belong", async () => {
    const path = "/organizations/default/org-auth-tokens/";
    const { status, body } = await server.ask("POST", path, { ...asOwner, body: { name: "builds" } });
    expect(status).toBe(201);
    const [prefix, payload, secret, ...rest] = body.token.split("_");
    expect([prefix, rest, secret.length]).toEqual(["sntrys", [], 43]);
    expect(JSON.parse(Buffer.from(payload, "base64").toString())).toEqual({
      iat: expect.any(Number),
      url: publicUrl,
      region_url: publicUrl,
      org: "default",
    });
    expect((await server.ask("GET", "/organizations/default/releases/", body)).status).toBe(200);
    expect((await server.ask("GET", "/", body)).body).toMatchObject({
      user: null,
      auth: { scopes: ["org:ci"] },
    });
    expect((await server.ask("DELETE", `${path}${body.id}/`, asOwner)).status).toBe(204);
    expect((await server.ask("GET", "/", body)).status).toBe(401);
  });

  it("open nothing in an organisation that their owner is no member of", async () => {
    const { body } = await create(asOwner, ["event:read"], "kept");
    const none = { alerts_stopped_at: null, alerts_stopped_by: null, settings: "{}" };
    const other = await server.ports.meta
      .insertInto("organization")
      .values({ slug: "left", name: "Left", created_at: 0, ...none })
      .returning("id")
      .executeTakeFirstOrThrow();
    await server.ports.meta
      .updateTable("api_token")
      .set({ organization_id: other.id })
      .where("id", "=", Number(body.id))
      .execute();
    expect((await server.ask("GET", "/", body)).status).toBe(401);
  });

  it("of another organisation cannot be revoked", async () => {
    const text = await addToken(server, { text: "sntryu_elsewhere", scopes: ["org:read"] });
    const { id } = await server.ports.meta
      .insertInto("organization")
      .values({
        slug: "elsewhere",
        name: "Elsewhere",
        created_at: 0,
        alerts_stopped_at: null,
        alerts_stopped_by: null,
        settings: "{}",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const row = await server.ports.meta
      .updateTable("api_token")
      .set({ organization_id: id })
      .where("token_hash", "=", sha256Hex(text))
      .returning("id")
      .executeTakeFirstOrThrow();
    expect((await server.ask("DELETE", `/api-tokens/${row.id}/`, asOwner)).status).toBe(404);
  });
});
