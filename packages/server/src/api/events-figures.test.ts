import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngineFixture } from "../store/events/embedded/engine-fixture.js";
import type { EngineFixture } from "../store/events/embedded/engine-fixture.js";
import { migrateEvents } from "../store/events/migrations/migrate-events.js";
import { startApiServer } from "./api-server.test-suite.js";
import type { ApiServer } from "./api-server.test-suite.js";

const hourMs = 3_600_000;
let engine: EngineFixture;
let server: ApiServer;
let lastHour: number;
beforeAll(async () => {
  engine = await startEngineFixture();
  await migrateEvents(engine.store);
  server = await startApiServer({ events: engine.store });
  await server.ask("POST", "/organizations/default/projects/", { body: { name: "Second" } });
  lastHour = Math.floor(server.ports.now() / hourMs) * hourMs;
});
afterAll(async () => {
  await server.dispose();
  await engine.dispose();
});

describe("stats_v2", () => {
  const stats = "/organizations/default/stats_v2/";
  beforeAll(async () => {
    const minute = lastHour / 1000;
    const row = { key: "", reason: "", category: "error", outcome: "accepted", minute };
    const rows = [
      { ...row, project_id: 1, quantity: 3 },
      { ...row, project_id: 1, minute: minute - 3_600, quantity: 5 },
      { ...row, project_id: 2, quantity: 7 },
      { ...row, project_id: 1, outcome: "filtered", reason: "web-crawlers", quantity: 2 },
      { ...row, project_id: 999, quantity: 1_000 },
    ];
    const lines = rows.map((each) => JSON.stringify(each)).join("\n");
    await engine.store.insert("outcomes", lines, { dedupToken: "outcomes" });
  });

  it("adds up what arrived by outcome and category", async () => {
    const { body } = await server.ask(
      "GET",
      `${stats}?field=sum(quantity)&groupBy=outcome&groupBy=category&interval=1h&statsPeriod=24h`,
    );
    expect(body.intervals.at(-1)).toBe(new Date(lastHour).toISOString());
    expect(body.intervals[0]).toBe(body.start);
    const accepted = body.groups.find(({ by }: { by: { outcome: string } }) => by.outcome === "accepted");
    expect(accepted).toMatchObject({
      by: { outcome: "accepted", category: "error" },
      totals: { "sum(quantity)": 15 },
    });
    expect(accepted.series["sum(quantity)"]).toHaveLength(body.intervals.length);
    expect(accepted.series["sum(quantity)"].slice(-2)).toEqual([5, 10]);
  });

  it("counts only the project, outcome and reason asked for", async () => {
    const { body } = await server.ask(
      "GET",
      `${stats}?field=sum(quantity)&groupBy=project&groupBy=reason&outcome=filtered&project=default`,
    );
    expect(body.groups).toMatchObject([
      { by: { project: 1, reason: "web-crawlers" }, totals: { "sum(quantity)": 2 } },
    ]);
  });

  it("adds everything up without groups", async () => {
    const { body } = await server.ask(
      "GET",
      `${stats}?field=sum(quantity)&field=sum(times_seen)&interval=1d`,
    );
    expect(body.groups).toMatchObject([{ by: {}, totals: { "sum(quantity)": 17, "sum(times_seen)": 17 } }]);
  });

  it.each([
    "",
    "?field=sum(secret)",
    "?field=sum(quantity)&groupBy=project_id%29%20--",
    "?field=sum(quantity)&interval=7h",
    "?field=sum(quantity)&interval=1s",
    "?field=sum(quantity)&interval=1m&statsPeriod=90d",
    "?field=sum(quantity)&statsPeriod=always",
    "?field=sum(quantity)&start=yesterday&end=today",
  ])("answers 400 with a sentence to %s", async (query) => {
    const { status, body } = await server.ask("GET", `${stats}${query}`);
    expect([status, typeof body.detail]).toEqual([400, "string"]);
  });
});

describe("tags", () => {
  const hostile = `'; DROP TABLE events; -- {x:String} \\ %_ 🚀`;
  beforeAll(async () => {
    const now = server.ports.now();
    const event = (index: number, tags: Record<string, string>, projectId = 1) => ({
      project_id: projectId,
      event_id: String(index).padStart(32, "0"),
      timestamp: now - index * 1000,
      received_at: now - index * 1000,
      user_email: `user${index % 2}@example.com`,
      tags,
    });
    const rows = [
      event(1, { environment: "production", browser: "Firefox 140" }),
      event(2, { environment: "production", browser: "Chrome 150" }),
      event(3, { environment: "dev" }),
      event(4, { [hostile]: hostile }),
      event(5, { environment: "staging", "only.second": "x" }, 2),
      event(6, { environment: "foreign" }, 999),
    ];
    const lines = rows.map((row) => JSON.stringify(row)).join("\n");
    await engine.store.insert("events", lines, { dedupToken: "tags" });
  });

  const keysOf = async (path: string) => {
    const { body } = await server.ask("GET", path);
    return body.map(({ key }: { key: string }) => key).toSorted();
  };
  const valuesOf = async (key: string, query = "") => {
    const path = `/projects/default/default/tags/${encodeURIComponent(key)}/values/?query=${encodeURIComponent(query)}`;
    const { body } = await server.ask("GET", path);
    return body.map(({ value, count }: { value: string; count: number }) => [value, count]);
  };

  it("are listed with how often they occur", async () => {
    const { body } = await server.ask("GET", "/organizations/default/tags/?dataset=events&useCache=1");
    expect(body[0]).toEqual({ key: "environment", name: "environment", totalValues: 4, uniqueValues: 3 });
    expect(await keysOf("/organizations/default/tags/")).toContain("only.second");
    expect(await keysOf("/projects/default/default/tags/")).toEqual(
      ["browser", "environment", hostile].toSorted(),
    );
    expect(await keysOf("/organizations/default/tags/?project=second")).toEqual([
      "environment",
      "only.second",
    ]);
    expect(await keysOf("/organizations/default/tags/?project=999")).toEqual([]);
  });

  it("have their values, the most frequent first", async () => {
    expect(await valuesOf("environment")).toEqual([
      ["production", 2],
      ["dev", 1],
    ]);
    const { body } = await server.ask("GET", "/projects/default/default/tags/browser/values/?per_page=1");
    expect(body).toMatchObject([
      {
        key: "browser",
        name: "Chrome 150",
        value: "Chrome 150",
        count: 1,
        lastSeen: expect.stringMatching(/Z$/),
      },
    ]);
  });

  it("find values by a part in either case", async () => {
    expect(await valuesOf("browser", "FIRE")).toEqual([["Firefox 140", 1]]);
    expect(await valuesOf("environment", "nothing")).toEqual([]);
  });

  it("take attributes of events for tags", async () => {
    expect(await valuesOf("user.email")).toEqual([
      ["user0@example.com", 2],
      ["user1@example.com", 2],
    ]);
  });

  it("are text, whatever stands in them", async () => {
    expect(await valuesOf(hostile, hostile)).toEqual([[hostile, 1]]);
    expect(await valuesOf("environment", hostile)).toEqual([]);
    expect(await valuesOf("environment")).toHaveLength(2);
  });

  it("of every project are read at once", async () => {
    const { body } = await server.ask("GET", "/organizations/default/tags/environment/values/");
    expect(body.map(({ value }: { value: string }) => value)).toEqual(["production", "dev", "staging"]);
  });
});
