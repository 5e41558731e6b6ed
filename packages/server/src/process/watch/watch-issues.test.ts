import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startEngineFixture } from "../../store/events/embedded/engine-fixture.js";
import type { EngineFixture } from "../../store/events/embedded/engine-fixture.js";
import { migrateEvents } from "../../store/events/migrations/migrate-events.js";
import { openMeta } from "../../store/meta/connect.js";
import type { MetaHandle } from "../../store/meta/connect.js";
import type { EventStore } from "../../store/port.js";
import { endTimedArchives, watchIssues } from "./watch-issues.js";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const now = Math.floor(Date.now() / hourMs) * hourMs + 10 * minuteMs;
const dayMs = 24 * hourMs;

let fixture: EngineFixture;
let meta: MetaHandle;
let projectId = 0;
let batch = 0;

beforeAll(async () => {
  fixture = await startEngineFixture();
  await migrateEvents(fixture.store);
});
afterAll(() => fixture.dispose());

beforeEach(async () => {
  meta = await openMeta(":memory:");
  // Ids go on over the tests, since they share one event store.
  projectId++;
  const none = { alerts_stopped_at: null, alerts_stopped_by: null, settings: "{}" };
  await meta.db
    .insertInto("organization")
    .values({ id: 1, slug: "acme", name: "Acme", created_at: now, ...none })
    .execute();
  await meta.db
    .insertInto("project")
    .values({
      id: projectId,
      organization_id: 1,
      slug: "shop",
      name: "Shop",
      platform: null,
      status: "active",
      created_at: now,
      first_event_at: null,
      settings: "{}",
      next_short_id: 1,
      revision: 1,
    })
    .execute();
});
afterEach(() => meta.close());

interface Some {
  readonly substatus: string;
  readonly status?: "unresolved" | "archived";
  readonly details?: object;
  readonly statusAt?: number;
  readonly hashes?: readonly string[];
}

async function addIssue(id: number, some: Some): Promise<void> {
  await meta.db
    .insertInto("issue")
    .values({
      id,
      project_id: projectId,
      short_id: id,
      title: "Boom",
      culprit: "",
      type: "error",
      category: "error",
      level: "error",
      platform: "node",
      metadata: "{}",
      status: some.status ?? "unresolved",
      substatus: some.substatus,
      status_details: JSON.stringify(some.details ?? {}),
      status_at: some.statusAt ?? now - 30 * dayMs,
      priority: "medium",
      first_seen: now - 30 * dayMs,
      last_seen: now,
      times_seen: 1,
      num_comments: 0,
      created_at: now,
      last_event_id: "",
    })
    .execute();
  const rows = (some.hashes ?? [hashOf(id)]).map((hash) => ({
    project_id: projectId,
    hash,
    issue_id: id,
    algorithm: "v1",
    explanation: "{}",
    created_at: now,
  }));
  await meta.db.insertInto("issue_hash").values(rows).execute();
}

const hashOf = (id: number) => `hash-${id}`;

async function addEvents(hash: string, count: number, { agoMs = minuteMs, users = 1 } = {}): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      project_id: projectId,
      event_id: `${batch}-${index}`,
      primary_hash: hash,
      timestamp: now - agoMs,
      received_at: now - agoMs,
      user_key: `id:${index % users}`,
    }),
  );
  await fixture.store.insert("events", lines.join("\n"), { dedupToken: `t${batch++}` });
}

const substatuses = async () =>
  (await meta.db.selectFrom("issue").select("substatus").orderBy("id").execute()).map((row) => row.substatus);
const watch = (ids: readonly number[], events: EventStore = fixture.store) =>
  watchIssues({ meta: meta.db, events, now: () => now }, ids);

describe("watching issues", () => {
  it("tells which issues exceed twice their busiest hour", async () => {
    for (const id of [1, 2, 3]) await addIssue(id, { substatus: "ongoing" });
    await addEvents(hashOf(1), 11);
    await addEvents(hashOf(2), 11);
    await addEvents(hashOf(2), 6, { agoMs: 5 * hourMs });
    await addEvents(hashOf(3), 10);
    expect(await watch([1, 2, 3])).toBe(1);
    expect(await substatuses()).toEqual(["escalating", "ongoing", "ongoing"]);
    expect(await meta.db.selectFrom("change").select(["issue_id", "kind"]).execute()).toEqual([
      { issue_id: 1, kind: "escalating" },
    ]);
  });

  it("counts for an archived issue only what came since, against its own threshold", async () => {
    const archived = { status: "archived", substatus: "archived_until_escalating" } as const;
    const details = { escalatesAbovePerHour: 12 };
    await addIssue(1, { ...archived, details, statusAt: now - 5 * minuteMs });
    await addIssue(2, { ...archived, details, statusAt: now - 15 * minuteMs });
    for (const id of [1, 2]) await addEvents(hashOf(id), 13, { agoMs: 10 * minuteMs });
    expect(await watch([1, 2])).toBe(1);
    expect(await substatuses()).toEqual(["archived_until_escalating", "escalating"]);
  });

  it("ends archives by events or users within a window", async () => {
    const archived = { status: "archived", substatus: "archived_until_condition_met" } as const;
    await addIssue(1, { ...archived, details: { ignoreCount: 5, ignoreWindow: 30 } });
    await addIssue(2, { ...archived, details: { ignoreCount: 5, ignoreWindow: 5 } });
    await addIssue(3, { ...archived, details: { ignoreUserCount: 3 } });
    await addIssue(4, { ...archived, details: { ignoreUserCount: 4 } });
    for (const id of [1, 2, 3, 4]) await addEvents(hashOf(id), 6, { agoMs: 10 * minuteMs, users: 3 });
    expect(await watch([1, 2, 3, 4])).toBe(2);
    expect(await substatuses()).toEqual([
      "ongoing",
      "archived_until_condition_met",
      "ongoing",
      "archived_until_condition_met",
    ]);
  });

  it("adds up the hashes of a merged issue, however many", async () => {
    const hashes = Array.from({ length: 1_200 }, (_, index) => String(index).padStart(32, "0"));
    await addIssue(1, { substatus: "ongoing", hashes });
    await addEvents(hashes[0] ?? "", 6);
    await addEvents(hashes[1_100] ?? "", 6);
    expect(await watch([1])).toBe(1);
  });

  it("asks few questions about many issues", async () => {
    const ids = Array.from({ length: 450 }, (_, index) => index + 1);
    for (const id of ids) await addIssue(id, { substatus: "ongoing" });
    let queries = 0;
    const counting = new Proxy(fixture.store, {
      get: (target, name) => {
        if (name === "query") queries++;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    await watch(ids, counting);
    expect(queries).toBeLessThan(5);
  });

  it("leaves alone what a person changes while it is measured", async () => {
    await addIssue(1, { substatus: "ongoing" });
    await addEvents(hashOf(1), 11);
    const slow = new Proxy(fixture.store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        if (name !== "query") return value.bind(target);
        return async (...args: Parameters<EventStore["query"]>) => {
          await meta.db.updateTable("issue").set({ priority: "low", priority_locked_at: now }).execute();
          return target.query(...args);
        };
      },
    });
    expect(await watch([1], slow)).toBe(0);
    expect(await meta.db.selectFrom("issue").select(["priority", "substatus"]).execute()).toEqual([
      { priority: "low", substatus: "ongoing" },
    ]);
  });

  it("ends archives whose time is over", async () => {
    const archived = { status: "archived", substatus: "archived_until_condition_met" } as const;
    await addIssue(1, { ...archived, details: { ignoreUntil: now - 1 } });
    await addIssue(2, { ...archived, details: { ignoreUntil: now + 1 } });
    await addIssue(3, { ...archived, details: { ignoreCount: 5 } });
    expect(await endTimedArchives({ meta: meta.db, now: () => now })).toBe(1);
    expect((await substatuses())[0]).toBe("ongoing");
  });
});
