import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { addToken, admin, publicUrl, signIn, startApiServer } from "../api-server.test-suite.js";
import type { ApiServer } from "../api-server.test-suite.js";

const members = "/organizations/default/members/";

describe.each(metaKinds())("organisations on $name", (kind) => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ kind });
  });
  afterAll(() => server.dispose());

  it("are listed and read by slug and id", async () => {
    const { body: list } = await server.ask("GET", "/organizations/?per_page=25&query=");
    expect(list).toMatchObject([
      {
        id: "1",
        slug: "default",
        requireEmailVerification: false,
        links: { organizationUrl: `${publicUrl}/organizations/default`, regionUrl: "" },
      },
    ]);
    for (const path of ["/organizations/default/", "/organizations/1/"]) {
      const { body } = await server.ask("GET", path);
      expect(body).toMatchObject({ slug: "default", alertsStoppedAt: null, alertsStoppedBy: null });
      expect(body.orgRoleList.map(({ id }: { id: string }) => id)).toContain("owner");
    }
  });

  it("are renamed by those who may", async () => {
    const { body } = await server.ask("PUT", "/organizations/default/", { body: { name: "Night watch" } });
    expect(body.name).toBe("Night watch");
    const bad = await server.ask("PUT", "/organizations/default/", { body: { slug: "No slug" } });
    expect(bad.status).toBe(400);
  });

  it("name the person who stopped the alerts", async () => {
    const { cookie } = await signIn(server, admin);
    const { body: who } = await server.ask("GET", "/", { token: null, headers: { cookie } });
    await server.ports.meta
      .updateTable("organization")
      .set({ alerts_stopped_at: 1_790_000_000_000, alerts_stopped_by: who.user.id })
      .execute();
    expect((await server.ask("GET", "/organizations/default/")).body).toMatchObject({
      alertsStoppedAt: "2026-09-21T14:13:20.000Z",
      alertsStoppedBy: { email: admin.email },
    });
  });

  it("list the environments of their projects once", async () => {
    const project = await server.ask("POST", "/organizations/default/projects/", {
      body: { name: "Second" },
    });
    for (const [projectId, name] of [
      [1, "production"],
      [Number(project.body.id), "production"],
      [1, "dev"],
    ] as const) {
      const row = { project_id: projectId, name, first_seen: 0 };
      await server.ports.meta.insertInto("environment").values(row).execute();
    }
    expect((await server.ask("GET", "/organizations/default/environments/")).body).toEqual([
      { id: "dev", name: "dev" },
      { id: "production", name: "production" },
    ]);
    expect((await server.ask("GET", "/projects/default/second/environments/")).body).toMatchObject([
      { name: "production" },
    ]);
  });

  describe("members", () => {
    const invite = (body: unknown, token?: string) =>
      server.ask("POST", members, token === undefined ? { body } : { body, token });

    it("are invited with a one-time password that is shown once", async () => {
      const { status, body } = await invite({ email: "Ann@Example.com", name: "Ann", orgRole: "admin" });
      expect([status, body]).toMatchObject([
        201,
        { email: "ann@example.com", name: "Ann", orgRole: "admin", user: { email: "ann@example.com" } },
      ]);
      expect(body.oneTimePassword).toMatch(/^[\w-]{16}$/);
      const { body: list } = await server.ask("GET", members);
      expect(list.map(({ email }: { email: string }) => email)).toEqual([admin.email, "ann@example.com"]);
      expect(JSON.stringify(list)).not.toContain(body.oneTimePassword);
      const audit = await server.ask("GET", "/organizations/default/audit/");
      expect(JSON.stringify(audit.body)).not.toContain(body.oneTimePassword);
    });

    it("are members once", async () => {
      expect((await invite({ email: "ann@example.com" })).status).toBe(409);
      expect((await invite({ email: "no address" })).status).toBe(400);
    });

    it("get another role, but the last owner stays one", async () => {
      const { body: ann } = await server.ask("GET", `${members}2/`);
      const changed = await server.ask("PUT", `${members}${ann.id}/`, { body: { orgRole: "manager" } });
      expect(changed.body.orgRole).toBe("manager");
      const { status, body } = await server.ask("PUT", `${members}1/`, { body: { orgRole: "member" } });
      expect([status, body.detail]).toEqual([409, "The organisation needs at least one owner."]);
      expect((await server.ask("DELETE", `${members}1/`)).status).toBe(409);
      expect((await server.ask("GET", `${members}1/`)).body.orgRole).toBe("owner");
    });

    it("are made owners by owners alone", async () => {
      const manager = await addToken(server, {
        text: "sntryu_manager",
        scopes: ["member:admin", "org:write"],
      });
      expect((await invite({ email: "boss@example.com", orgRole: "owner" }, manager)).status).toBe(403);
      expect(await server.accounts.find("boss@example.com")).toBeNull();
      const raise = { body: { orgRole: "owner" }, token: manager };
      expect((await server.ask("PUT", `${members}2/`, raise)).status).toBe(403);
      expect((await invite({ email: "helper@example.com" }, manager)).status).toBe(201);
    });

    it("take their tokens along when they leave", async () => {
      const guest = { email: "guest@example.com", password: "" };
      const invited = await invite({ email: guest.email });
      const { cookie } = await signIn(server, { ...guest, password: invited.body.oneTimePassword });
      const made = await server.ask("POST", "/api-tokens/", {
        token: null,
        headers: { cookie, "x-requested-with": "vedette" },
        body: { name: "guest", scopes: ["event:read"] },
      });
      const { token } = made.body;
      expect((await server.ask("GET", "/", { token })).body).toMatchObject({ user: { email: guest.email } });
      expect((await server.ask("DELETE", `${members}${invited.body.id}/`)).status).toBe(204);
      expect((await server.ask("GET", "/", { token })).status).toBe(401);
    });
  });
});
