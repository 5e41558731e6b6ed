import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngineFixture, type EngineFixture } from "../embedded/engine-fixture.js";
import { EVENT_MIGRATIONS } from "./all.js";
import { tableDialect } from "./dialect.js";
import { migrateEvents } from "./migrate-events.js";

let fixture: EngineFixture;
beforeAll(async () => {
  fixture = await startEngineFixture();
});
afterAll(() => fixture.dispose());

describe("migrateEvents", () => {
  it("runs every step once", async () => {
    const versions = EVENT_MIGRATIONS.map((migration) => migration.version);
    expect(await migrateEvents(fixture.store)).toEqual(versions);
    expect(await migrateEvents(fixture.store)).toEqual([]);
  });

  it("repeats a step that a crash has cut off before it was noted", async () => {
    await fixture.store.command("TRUNCATE TABLE schema_migration");
    await expect(migrateEvents(fixture.store)).resolves.toHaveLength(EVENT_MIGRATIONS.length);
  });

  it("numbers its steps from 1 without gaps", () => {
    expect(EVENT_MIGRATIONS.map((migration) => migration.version)).toEqual(
      EVENT_MIGRATIONS.map((_, i) => i + 1),
    );
  });

  it("adds outcomes up", async () => {
    const row = {
      project_id: 1,
      key: "k",
      category: "error",
      outcome: "accepted",
      minute: "2026-01-01 00:00:00",
    };
    for (const [index, quantity] of [3, 4].entries()) {
      const line = JSON.stringify({ ...row, minute: new Date().toISOString(), quantity });
      await fixture.store.insert("outcomes", line, { dedupToken: `o${index}` });
    }
    expect(await fixture.store.query("SELECT sum(quantity) AS q FROM outcomes")).toEqual([{ q: 7 }]);
  });

  it("reads times as milliseconds or as ISO text, and tags as a map", async () => {
    const at = new Date();
    const rows = [at.getTime(), at.toISOString()].map((timestamp, index) =>
      JSON.stringify({
        project_id: 7,
        event_id: `e${index}`,
        timestamp,
        received_at: timestamp,
        tags: { os: "Linux" },
      }),
    );
    await fixture.store.insert("events", rows.join("\n"), { dedupToken: "times" });
    expect(
      await fixture.store.query(
        `SELECT toUnixTimestamp64Milli(timestamp) AS ms, tags['os'] AS os, handled, retention_days AS days
         FROM events WHERE project_id = {p:UInt64}`,
        { p: 7 },
      ),
    ).toEqual([0, 1].map(() => ({ ms: at.getTime(), os: "Linux", handled: -1, days: 90 })));
  });
});

describe("tableDialect", () => {
  it("replicates tables on a cluster", () => {
    const dialect = tableDialect("main-1");
    const [ddl] = EVENT_MIGRATIONS[1]?.statements(dialect) ?? [];
    expect(ddl).toContain("outcomes ON CLUSTER 'main-1' (");
    expect(ddl).toContain("ENGINE = ReplicatedSummingMergeTree((quantity))");
  });

  it("refuses a cluster name that would end the quotes", () => {
    expect(() => tableDialect("x' --")).toThrow("no cluster name");
  });
});
