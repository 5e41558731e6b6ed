import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../shared/clock.js";
import { createLog } from "../shared/log.js";
import { EventStoreError } from "../store/events/event-store-error.js";
import type { EngineFixture } from "../store/events/embedded/engine-fixture.js";
import { metaKinds } from "../store/meta/meta.test-suite.js";
import type { EventStore } from "../store/port.js";
import { noon } from "./alert.test-suite.js";
import { Flow, startEvents } from "./flow.test-suite.js";
import { runAlert } from "./run-alert.js";

let engine: EngineFixture;

beforeAll(async () => {
  engine = await startEvents();
});

afterAll(async () => {
  await engine.dispose();
});

/** An event store that fails a number of times before it answers. */
function failing(
  store: EventStore,
  times: number,
  kind: "unavailable" | "timeout" = "unavailable",
): EventStore {
  let left = times;
  const query: EventStore["query"] = async (text, params, options) => {
    if (left-- > 0) throw new EventStoreError(kind, "on purpose");
    return store.query(text, params, options);
  };
  return new Proxy(store, { get: (target, name) => (name === "query" ? query : Reflect.get(target, name)) });
}

describe.each(metaKinds())("the effect of a change on $name", (kind) => {
  let flow: Flow;

  beforeEach(async () => {
    flow = await Flow.open(engine.store, kind);
  });

  afterEach(async () => {
    await flow.close();
  });

  it("doubles nothing when the same changes are read again", async () => {
    await flow.addRule();
    await flow.born();
    await flow.alert();
    await flow.meta.updateTable("consumer").set({ position: 0 }).execute();
    await flow.meta.deleteFrom("rule_state").execute();
    await flow.alert();
    expect(await flow.outbox()).toHaveLength(1);
  });

  it("decides a batch again after a crash before its commit, and sends once", async () => {
    await flow.addRule({ when: [{ event_frequency: { count: 0, per: "5m" } }] });
    await flow.born();
    const abort = new AbortController();
    // The stage ends in the middle of the batch: its counts are never answered.
    const dying = new Proxy(flow.events, {
      get: (target, name) =>
        name === "query"
          ? async () => {
              abort.abort();
              throw new EventStoreError("aborted", "on purpose");
            }
          : Reflect.get(target, name),
    });
    const log = createLog({ level: "silent" });
    await runAlert({ meta: flow.meta, events: dying, clock: flow.clock, log }, abort.signal).done;
    expect(await flow.history()).toEqual([]);
    expect(await flow.hasReadAll()).toBe(false);
    await flow.alert();
    expect(await flow.history()).toEqual(["fired"]);
    expect(await flow.outbox()).toHaveLength(1);
  });

  it("leaves nothing behind when the commit fails halfway, and then sends once", async () => {
    await flow.addRule();
    await flow.born();
    await sql`alter table notification rename to notification_away`.execute(flow.meta);
    const abort = new AbortController();
    let failures = 0;
    const log = createLog({ level: "warn", write: () => (++failures === 2 ? abort.abort() : undefined) });
    const ports = { meta: flow.meta, events: flow.events, clock: systemClock, log };
    await runAlert(ports, abort.signal).done;
    expect(await flow.history()).toEqual([]);
    expect(await flow.meta.selectFrom("rule_state").selectAll().execute()).toEqual([]);
    expect(await flow.hasReadAll()).toBe(false);
    await sql`alter table notification_away rename to notification`.execute(flow.meta);
    await flow.alert();
    expect(await flow.history()).toEqual(["fired"]);
    expect(await flow.outbox()).toHaveLength(1);
  });

  it("sends once when two workers read the same log", async () => {
    await flow.addRule({ when: ["every_event"], interval: "0s" });
    const issue = await flow.addIssue();
    for (let index = 0; index < 10; index++) await flow.see(issue, [{}]);
    await Promise.all([flow.alert({ clock: systemClock }), flow.alert({ clock: systemClock })]);
    expect(await flow.outbox()).toHaveLength(10);
    expect(await flow.history()).toHaveLength(10);
  });

  it("waits out a failing event store", async () => {
    await flow.addRule({ when: [{ event_frequency: { count: 0, per: "5m" } }] });
    await flow.born();
    await flow.alert({ events: failing(flow.events, 3), clock: systemClock });
    expect(await flow.history()).toEqual(["fired"]);
  });

  it("tells about new issues even when nothing can be counted", async () => {
    await flow.addRule();
    await flow.addRule({ when: [{ event_frequency: { count: 0, per: "5m" } }] });
    await flow.born();
    await flow.alert({ events: failing(flow.events, Infinity, "timeout"), clock: systemClock });
    expect(await flow.outbox()).toMatchObject([{ reason: "new issue", issue: { users: null } }]);
  });

  it("fires late rather than never after a downtime, and keeps the interval", async () => {
    await flow.addRule({ when: ["every_event"] });
    const issue = await flow.addIssue();
    for (let index = 0; index < 450; index++) await flow.append(issue, "seen", { count: 1, events: [] });
    await flow.store(issue, [{}]);
    await flow.clock.advance(7_200_000);
    await flow.alert();
    expect(await flow.history()).toEqual(["fired", "throttled x 449"]);
  });

  it("passes over changes of deleted issues and unreadable ones", async () => {
    await flow.addRule({ when: ["every_event"] });
    await flow.append({ id: 4_711, projectId: 1, hash: "" }, "seen", { count: 1, events: [] });
    const row = { at: noon, project_id: 1, issue_id: 4_712, kind: "seen", data: "not JSON" };
    await flow.meta.insertInto("change").values(row).execute();
    await flow.alert();
    expect(await flow.history()).toEqual([]);
  });
});
