import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectSettings } from "../../domain/project-settings.js";
import { startEngineFixture } from "../../store/events/embedded/engine-fixture.js";
import type { EngineFixture } from "../../store/events/embedded/engine-fixture.js";
import { migrateEvents } from "../../store/events/migrations/migrate-events.js";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { startApiServer } from "../api-server.test-suite.js";
import type { ApiServer } from "../api-server.test-suite.js";

const hourMs = 3_600_000;
const projects = "/organizations/default/projects/";

let engine: EngineFixture;
beforeAll(async () => {
  engine = await startEngineFixture();
  await migrateEvents(engine.store);
});
afterAll(() => engine.dispose());

describe.each(metaKinds())("projects on $name", (kind) => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ kind, events: engine.store });
  });
  afterAll(() => server.dispose());

  const create = async (body: unknown) => server.ask("POST", projects, { body });
  const revisionOf = async (slug: string) => {
    const row = await server.ports.meta
      .selectFrom("project")
      .select("revision")
      .where("slug", "=", slug)
      .executeTakeFirstOrThrow();
    return row.revision;
  };

  it("are made with a key and a slug of their name", async () => {
    const { status, body } = await create({ name: "Zürich Shop!", platform: "node" });
    expect([status, body]).toMatchObject([
      201,
      { slug: "zurich-shop", name: "Zürich Shop!", platform: "node", settings: defaultProjectSettings },
    ]);
    const keys = await server.ask("GET", "/projects/default/zurich-shop/keys/");
    expect(keys.body).toHaveLength(1);
    expect((await create({ name: "Zürich Shop!" })).body.slug).toBe("zurich-shop-2");
  });

  it.each(["UPPER", "with space", "12345", "-dash", "", "x".repeat(51), "a/b", "ä"])(
    "refuse the slug %j",
    async (slug) => {
      const { status, body } = await create({ name: "x", slug });
      expect([status, typeof body.detail]).toEqual([400, "string"]);
    },
  );

  it("refuse a slug that is taken", async () => {
    expect((await create({ name: "One", slug: "taken" })).status).toBe(201);
    const { status, body } = await create({ name: "Two", slug: "taken" });
    expect([status, body.detail]).toEqual([409, "A project with this slug already exists."]);
    const renamed = await server.ask("PUT", "/projects/default/default/", { body: { slug: "taken" } });
    expect(renamed.status).toBe(409);
  });

  it("are made for the one team as well", async () => {
    const teams = await server.ask("GET", "/organizations/default/teams/");
    expect(teams.body).toMatchObject([{ id: "1", slug: "default", memberCount: 1 }]);
    const body = { name: "Of the team" };
    expect((await server.ask("POST", "/teams/default/default/projects/", { body })).status).toBe(201);
    expect((await server.ask("POST", "/teams/default/other/projects/", { body })).status).toBe(404);
  });

  it("change field by field and raise their revision", async () => {
    await create({ name: "Settings" });
    const path = "/projects/default/settings/";
    const before = await revisionOf("settings");
    await server.ask("PUT", path, {
      body: { settings: { filters: { localhost: true }, retentionDays: 30 } },
    });
    const { body } = await server.ask("PUT", path, {
      body: { name: "New name", settings: { scrubData: false } },
    });
    expect(body).toMatchObject({
      slug: "settings",
      name: "New name",
      settings: {
        ...defaultProjectSettings,
        scrubData: false,
        retentionDays: 30,
        filters: { ...defaultProjectSettings.filters, localhost: true },
      },
    });
    expect(await revisionOf("settings")).toBe(before + 2);
  });

  it("refuse settings that are none, and keep what they had", async () => {
    await create({ name: "Strict" });
    for (const settings of [{ unknown: 1 }, { retentionDays: 0 }, { filters: { unknown: true } }, 5]) {
      const { status, body } = await server.ask("PUT", "/projects/default/strict/", { body: { settings } });
      expect([status, typeof body.detail]).toEqual([400, "string"]);
    }
    const { body } = await server.ask("GET", "/projects/default/strict/");
    expect(body.settings).toEqual(defaultProjectSettings);
    expect(await revisionOf("strict")).toBe(1);
  });

  it("are found by slug and by id, and 404 otherwise", async () => {
    const paths = ["/projects/default/default/", "/projects/1/1", "/projects/default/1/"];
    const answers = await Promise.all(paths.map((path) => server.ask("GET", path)));
    expect(answers.map(({ body }) => body.slug)).toEqual(["default", "default", "default"]);
    expect((await server.ask("GET", "/projects/default/nothing/")).status).toBe(404);
    expect((await server.ask("GET", "/projects/nothing/default/")).status).toBe(404);
  });

  it("are listed with the events of the last 24 hours", async () => {
    const { body: made } = await create({ name: "Busy" });
    const now = server.ports.now();
    await insertEvents(engine, { projectId: Number(made.id), times: [now, now - 10, now - 2 * hourMs] });
    const { body, headers } = await server.ask("GET", `${projects}?query=BUS`);
    expect(headers["link"]).toContain('rel="next"; results="false"');
    const [{ stats24h, ...busy }] = body;
    expect(busy).toMatchObject({ slug: "busy", firstEvent: null, environments: [], unresolvedCount: 0 });
    expect(stats24h).toHaveLength(24);
    const counts = stats24h.map(([, count]: [number, number]) => count);
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(3);
    expect(counts.at(-3)).toBe(1);
    expect(stats24h.at(-1)[0]).toBe(Math.floor(now / hourMs) * 3_600);
  });

  it("are deleted with their events and keys", async () => {
    const { body: made } = await create({ name: "Doomed" });
    await insertEvents(engine, { projectId: Number(made.id), times: [server.ports.now()] });
    const before = await server.ask("GET", "/projects/default/doomed/keys/");
    expect((await server.ask("DELETE", "/projects/default/doomed/")).status).toBe(204);
    expect((await server.ask("GET", "/projects/default/doomed/")).status).toBe(404);
    const key = await server.ports.meta
      .selectFrom("project_key")
      .select("public_key")
      .where("public_key", "=", before.body[0].id)
      .executeTakeFirst();
    expect(key).toBeUndefined();
    const left = async () =>
      engine.store.query("SELECT count() AS c FROM events WHERE project_id = {id:UInt64}", {
        id: Number(made.id),
      });
    await expect.poll(left, { timeout: 10_000 }).toEqual([{ c: 0 }]);
  });

  it("leave a trace in the audit log", async () => {
    const { body } = await server.ask("GET", "/organizations/default/audit/?per_page=1");
    expect(body).toMatchObject([
      { action: "project.delete", target: "doomed", user: null, dateCreated: expect.stringMatching(/Z$/) },
    ]);
  });
});

describe("projects without an event store", () => {
  it("are listed and made without counts", async () => {
    const server = await startApiServer();
    expect((await server.ask("POST", projects, { body: { name: "New" } })).status).toBe(201);
    const { body } = await server.ask("GET", projects);
    expect(body).toMatchObject([
      { slug: "default", stats24h: [] },
      { slug: "new", stats24h: [] },
    ]);
    expect((await server.ask("GET", "/organizations/default/tags/")).status).toBe(503);
    await server.dispose();
  });
});

async function insertEvents(
  { store }: EngineFixture,
  { projectId, times }: { projectId: number; times: readonly number[] },
): Promise<void> {
  const rows = times.map((timestamp, index) =>
    JSON.stringify({
      project_id: projectId,
      event_id: String(index).padStart(32, "0"),
      timestamp,
      received_at: timestamp,
    }),
  );
  await store.insert("events", rows.join("\n"), { dedupToken: `${projectId}:${Math.random()}` });
}
