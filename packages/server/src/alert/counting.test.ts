import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../shared/log.js";
import type { EngineFixture } from "../store/events/embedded/engine-fixture.js";
import { metaKinds } from "../store/meta/meta.test-suite.js";
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

describe.each(metaKinds())("counting for rules on $name", (kind) => {
  let flow: Flow;

  beforeEach(async () => {
    flow = await Flow.open(engine.store, kind);
  });

  afterEach(async () => {
    await flow.close();
  });

  it("fires a frequency of more than 10 on the 11th event", async () => {
    await flow.addRule({ when: [{ event_frequency: { count: 10, per: "5m" } }] });
    const issue = await flow.addIssue();
    await flow.see(issue, [{ at: noon - 300_001 }]);
    for (let index = 0; index < 10; index++) await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.outbox()).toEqual([]);
    await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.outbox()).toMatchObject([{ reason: "more than 10 events in 5m (11)" }]);
  });

  it("counts events of merged hashes, of the rule's environment and of nobody else", async () => {
    await flow.addRule({ environment: "production", when: [{ event_frequency: { count: 2, per: "1h" } }] });
    const [issue, other] = [await flow.addIssue(), await flow.addIssue()];
    const merged = await flow.addIssue();
    await flow.meta
      .updateTable("issue_hash")
      .set({ issue_id: issue.id })
      .where("hash", "=", merged.hash)
      .execute();
    await flow.store(other, [{}, {}, {}]);
    await flow.store(issue, [{ environment: "staging" }, {}]);
    await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.outbox()).toEqual([]);
    await flow.store(merged, [{}]);
    await flow.see(issue, [{ environment: "production" }]);
    await flow.alert();
    expect(await flow.outbox()).toMatchObject([{ reason: "more than 2 events in 1h (4)" }]);
  });

  it("counts a user once, however many hashes the issue has", async () => {
    await flow.addRule({ when: [{ user_frequency: { count: 1, per: "1h" } }] });
    const issue = await flow.addIssue();
    const merged = await flow.addIssue();
    await flow.meta
      .updateTable("issue_hash")
      .set({ issue_id: issue.id })
      .where("hash", "=", merged.hash)
      .execute();
    await flow.store(merged, [{ userKey: "id:1" }, { userKey: "" }]);
    await flow.see(issue, [{ userKey: "id:1" }]);
    await flow.alert();
    expect(await flow.outbox()).toEqual([]);
    await flow.see(issue, [{ userKey: "id:2" }]);
    await flow.alert();
    expect(await flow.outbox()).toMatchObject([
      { reason: "more than 1 users in 1h (2)", issue: { users: 2 } },
    ]);
  });

  it("compares with the same window earlier, and never with nothing", async () => {
    const when = [{ event_frequency_percent: { percent: 100, per: "1h", against: "1d" } }];
    await flow.addRule({ when });
    const day = 86_400_000;
    const [rising, fresh] = [await flow.addIssue(), await flow.addIssue()];
    await flow.store(rising, [
      { at: noon - day - 1_000 },
      { at: noon - day - 3_599_000 },
      { at: noon - day + 1_000 },
    ]);
    await flow.see(rising, [{}, {}, {}, {}]);
    await flow.see(fresh, [{}, {}, {}, {}]);
    await flow.alert();
    expect(await flow.outbox()).toEqual([]);
    await flow.see(rising, [{}]);
    await flow.alert();
    expect(await flow.outbox()).toMatchObject([
      { reason: "over 100% more events in 1h than 1d before (5 after 2)", issue: { id: rising.id } },
    ]);
  });

  it("counts for late changes what their window held at the time", async () => {
    await flow.addRule({ when: [{ event_frequency: { count: 2, per: "5m" } }], interval: "0s" });
    const issue = await flow.addIssue();
    await flow.see(issue, [{}, {}, {}]);
    await flow.clock.advance(1_800_000);
    await flow.see(issue, [{}]);
    await flow.clock.advance(7_200_000);
    await flow.alert();
    expect(await flow.outbox()).toMatchObject([{ reason: "more than 2 events in 5m (3)" }]);
  });

  it("counts for a rule that its interval holds back every five seconds only", async () => {
    await flow.addRule({ when: [{ event_frequency: { count: 0, per: "5m" } }] });
    const issue = await flow.addIssue();
    await flow.see(issue, [{}]);
    const abort = new AbortController();
    const log = createLog({ level: "silent" });
    const stage = runAlert({ meta: flow.meta, events: flow.events, clock: flow.clock, log }, abort.signal);
    const readAll = async () => {
      stage.wake();
      while (!(await flow.hasReadAll())) await new Promise((resolve) => setTimeout(resolve, 2));
    };
    await readAll();
    for (const waitMs of [0, 1_000, 1_000, 5_000]) {
      await flow.clock.advance(waitMs);
      await flow.see(issue, [{}]);
      await readAll();
    }
    abort.abort();
    await stage.done;
    expect(await flow.history()).toEqual(["fired", "throttled x 2"]);
  });
});
