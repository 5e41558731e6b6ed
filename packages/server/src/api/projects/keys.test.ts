import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDsn } from "@vedette/protocol";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { startApiServer } from "../api-server.test-suite.js";
import type { ApiServer } from "../api-server.test-suite.js";
import { keyJson } from "./key-json.js";

const keys = "/projects/default/default/keys/";

describe.each(metaKinds())("client keys on $name", (kind) => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ kind });
  });
  afterAll(() => server.dispose());

  const revision = async () => {
    const row = await server.ports.meta.selectFrom("project").select("revision").executeTakeFirstOrThrow();
    return row.revision;
  };

  it("carry the DSN of the first start", async () => {
    const { body } = await server.ask("GET", keys);
    expect(body).toMatchObject([
      {
        id: "a".repeat(32),
        name: "Default",
        projectId: 1,
        isActive: true,
        rateLimit: null,
        dsn: { public: `http://${"a".repeat(32)}@vedette.test:9000/1` },
      },
    ]);
  });

  it("are made, limited, switched off and deleted, each time raising the project's revision", async () => {
    const before = await revision();
    const made = await server.ask("POST", keys, { body: { name: "Mobile" } });
    expect([made.status, made.body]).toMatchObject([201, { name: "Mobile", isActive: true }]);
    const path = `${keys}${made.body.id}/`;
    const changes = { isActive: false, rateLimit: { window: 60, count: 100 } };
    const changed = await server.ask("PUT", path, { body: changes });
    expect(changed.body).toMatchObject({ name: "Mobile", ...changes });
    expect((await server.ask("PUT", path, { body: { rateLimit: null } })).body.rateLimit).toBeNull();
    expect((await server.ask("GET", `${keys}?status=inactive`)).body).toHaveLength(1);
    expect((await server.ask("DELETE", path)).status).toBe(204);
    expect((await server.ask("GET", path)).status).toBe(404);
    expect(await revision()).toBe(before + 4);
  });

  it("of another project are not found", async () => {
    const other = await server.ask("POST", "/organizations/default/projects/", { body: { name: "Other" } });
    const path = `/projects/default/${other.body.slug}/keys/${"a".repeat(32)}/`;
    expect((await server.ask("GET", path)).status).toBe(404);
    expect((await server.ask("PUT", path, { body: { isActive: false } })).status).toBe(404);
    expect((await server.ask("DELETE", path)).status).toBe(404);
    expect((await server.ask("GET", keys)).body).toMatchObject([{ isActive: true }]);
  });
});

describe("the DSN of a key", () => {
  const key = "b".repeat(32);
  it.each([
    ["https://errors.example.com", { scheme: "https", host: "errors.example.com", path: "" }],
    ["http://127.0.0.1:9000", { scheme: "http", host: "127.0.0.1", port: 9000, path: "" }],
    ["http://[::1]:9000", { scheme: "http", host: "[::1]", port: 9000, path: "" }],
    ["https://example.com/vedette", { scheme: "https", host: "example.com", path: "/vedette" }],
  ])("stands on the public address %s", (publicUrl, parts) => {
    const row = {
      public_key: key,
      project_id: 7,
      label: "",
      is_active: 1,
      rate_limit_count: null,
      rate_limit_window_s: null,
      created_at: 0,
    };
    const { dsn } = keyJson(row, publicUrl);
    expect(parseDsn(dsn.public)).toEqual({ ...parts, publicKey: key, projectId: "7" });
    expect(dsn.security).toBe(`${publicUrl}/api/7/security/?sentry_key=${key}`);
  });
});
