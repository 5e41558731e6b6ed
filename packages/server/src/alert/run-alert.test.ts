import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../shared/clock.js";
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

describe.each(metaKinds())("the alert stage on $name", (kind) => {
  let flow: Flow;

  beforeEach(async () => {
    flow = await Flow.open(engine.store, kind);
  });

  afterEach(async () => {
    await flow.close();
  });

  it("tells the channel about a new issue, once, with its figures", async () => {
    const definition = {
      notify: [{ channel: "ops", tags: ["customer"], mention: "@here" }],
      runbook: "https://example.com/r",
    };
    const ruleId = await flow.addRule(definition);
    const issue = await flow.born({ tags: { customer: "acme" }, userKey: "id:9" });
    await flow.alert();
    const [payload, ...others] = await flow.outbox();
    expect(others).toEqual([]);
    expect(payload).toMatchObject({
      kind: "issue_alert",
      reason: "new issue",
      rule: { id: ruleId, name: "Rule", runbook: "https://example.com/r" },
      project: { slug: "checkout" },
      organization: { slug: "default" },
      issue: { id: issue.id, timesSeen: 1, users: 1, title: "Error: boom" },
      event: { environment: "production", tags: { customer: "acme" } },
      tagKeys: ["customer"],
      mention: "@here",
      firedAt: noon,
    });
    expect(payload?.issue?.shortId).toMatch(/^CHECKOUT-\d+$/);
    const row = await flow.meta.selectFrom("notification").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: "pending", next_attempt_at: noon, attempts: 0, rule_id: ruleId });
    expect(await flow.history()).toEqual(["fired"]);
    const rule = await flow.meta.selectFrom("rule").select("last_fired_at").executeTakeFirstOrThrow();
    expect(rule.last_fired_at).toBe(noon);
    const activity = await flow.meta.selectFrom("issue_activity").select(["kind", "data"]).execute();
    expect(activity).toEqual([{ kind: "alert", data: expect.stringContaining("new issue") }]);
  });

  it("writes one notification per channel and names a channel that does not exist", async () => {
    await flow.addChannel("web");
    await flow.addRule({ notify: [{ channel: "ops" }, { channel: "web" }, { channel: "gone" }] });
    await flow.born();
    await flow.alert();
    expect(await flow.outbox()).toHaveLength(2);
    const row = await flow.meta.selectFrom("rule_history").select("reason").executeTakeFirstOrThrow();
    expect(row.reason).toBe("new issue; no channel is called gone");
  });

  it("tells of several rules about one issue in one message per channel", async () => {
    await flow.addChannel("web");
    await flow.addRule({ notify: [{ channel: "ops", tags: ["customer"] }] });
    await flow.addRule({ when: ["every_event"], notify: [{ channel: "ops" }, { channel: "web" }] });
    await flow.born({ tags: { customer: "acme" } });
    await flow.alert();
    const payloads = await flow.outbox();
    expect(payloads).toHaveLength(2);
    expect(payloads[0]).toMatchObject({ reason: "new issue", alsoRules: [{ reason: "every event" }] });
    expect(payloads[1]?.alsoRules).toBeUndefined();
    expect(await flow.history()).toEqual(["fired", "fired"]);
    const rows = await flow.meta.selectFrom("rule_history").select(["id", "data"]).orderBy("id").execute();
    expect(JSON.parse(rows[1]?.data ?? "{}")).toMatchObject({ toldWith: [rows[0]?.id] });
  });

  it("adds throttled matches up in one row per interval", async () => {
    await flow.addRule({ when: ["every_event"], interval: "10m" });
    const issue = await flow.addIssue();
    for (let index = 0; index < 4; index++) await flow.see(issue, [{}]);
    await flow.alert();
    await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.history()).toEqual(["fired", "throttled x 4"]);
    await flow.clock.advance(600_000);
    for (let index = 0; index < 2; index++) await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.history()).toEqual(["fired", "throttled x 4", "fired", "throttled x 1"]);
    expect(await flow.outbox()).toHaveLength(2);
  });

  it("does not fire twice for one new issue when the rule also waits for every event", async () => {
    await flow.addRule({ when: ["first_seen", "every_event"], interval: "0s" });
    const issue = await flow.born();
    await flow.alert();
    expect(await flow.history()).toEqual(["fired"]);
    await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.history()).toEqual(["fired", "fired"]);
  });

  it("records what a mute or the emergency stop held back, and fires again after it", async () => {
    const ruleId = await flow.addRule({ when: ["every_event"] });
    const issue = await flow.addIssue();
    await flow.meta
      .updateTable("rule")
      .set({ muted_until: noon + 60_000 })
      .where("id", "=", ruleId)
      .execute();
    for (let index = 0; index < 3; index++) await flow.see(issue, [{}]);
    await flow.alert();
    await flow.meta.updateTable("organization").set({ alerts_stopped_at: noon }).execute();
    for (let index = 0; index < 2; index++) await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.history()).toEqual(["muted x 3", "stopped x 2"]);
    expect(await flow.outbox()).toEqual([]);
    await flow.meta.updateTable("organization").set({ alerts_stopped_at: null }).execute();
    await flow.clock.advance(60_000);
    await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.history()).toEqual(["muted x 3", "stopped x 2", "fired"]);
  });

  it("finds an event for a resolution by a person, in the rule's environment", async () => {
    await flow.addRule({
      when: ["resolved"],
      environment: "production",
      if: [{ attribute: { key: "stacktrace.filename", value: "src/pay.js" } }],
    });
    const issue = await flow.addIssue();
    const [first] = await flow.store(issue, [
      { at: noon - 2_000 },
      { at: noon - 1_000, environment: "staging" },
    ]);
    await flow.meta.updateTable("issue").set({ status: "resolved" }).execute();
    await flow.append(issue, "resolved", { count: 0, events: [], userId: "u1" });
    await flow.alert();
    expect(await flow.outbox()).toMatchObject([{ reason: "resolved", event: { id: first?.eventId } }]);
  });

  it("finds the event of a rule's environment in a burst of another one", async () => {
    await flow.addRule({ environment: "production" });
    const issue = await flow.addIssue();
    const burst = [
      ...Array.from({ length: 30 }, () => ({ environment: "staging" })),
      { environment: "production" },
    ];
    await flow.see(issue, burst, { isNew: true, newInEnvironments: ["staging", "production"] });
    await flow.alert();
    expect(await flow.outbox()).toMatchObject([
      { reason: "new issue", event: { environment: "production" } },
    ]);
  });

  it("knows the latest release of the project, and of the rule's environment", async () => {
    const releaseOf = async (version: string) => {
      const times = { created_at: 1, first_event_at: 1, last_event_at: 1 };
      const release = await flow.meta
        .insertInto("release")
        .values({ organization_id: 1, version, ...times })
        .returning("id")
        .executeTakeFirstOrThrow();
      await flow.meta
        .insertInto("release_project")
        .values({ release_id: release.id, project_id: 1, new_issues: 0, first_event_at: 1, last_event_at: 1 })
        .execute();
    };
    await releaseOf("shop@1.10.0");
    await releaseOf("shop@1.9.0");
    const projectId = await flow.addProject(`own-${Date.now()}`);
    await flow.addRule({ if: [{ release: "latest" }] });
    await flow.born({ release: "shop@1.9.0" });
    await flow.born({ release: "shop@1.10.0" });
    await flow.alert();
    expect((await flow.outbox()).map(({ event }) => event?.release)).toEqual(["shop@1.10.0"]);
    await flow.addRule({ if: [{ release: "latest" }], environment: "qa" });
    await flow.born({ release: "shop@3.0.0", environment: "dev" }, projectId);
    await flow.born({ release: "shop@2.0.0", environment: "qa" }, projectId);
    await flow.alert();
    expect((await flow.outbox()).map(({ event }) => event?.release)).toEqual(["shop@1.10.0", "shop@2.0.0"]);
  });

  it("takes changed, disabled and unreadable rules as they are now", async () => {
    const ruleId = await flow.addRule({ when: ["every_event"], interval: "0s" });
    await flow.addRule({ when: ["no such trigger"] });
    const issue = await flow.addIssue();
    await flow.see(issue, [{}]);
    await flow.alert();
    await flow.meta.updateTable("rule").set({ enabled: 0 }).where("id", "=", ruleId).execute();
    await flow.see(issue, [{}]);
    await flow.alert();
    expect(await flow.history()).toEqual(["fired"]);
  });

  it("knows an assignee by the e-mail address", async () => {
    await flow.addRule({ if: [{ assignee: "ann@example.com" }] });
    const issue = await flow.addIssue();
    await flow.meta.updateTable("issue").set({ assignee: "user:u1" }).execute();
    await flow.see(issue, [{}], { isNew: true });
    await flow.alert({ emailOf: async (userId) => (userId === "u1" ? "ann@example.com" : null) });
    expect(await flow.outbox()).toMatchObject([{ issue: { assignee: "ann@example.com" } }]);
  });

  it("is awake at once: a new issue is in the outbox within a moment", async () => {
    await flow.addRule();
    const abort = new AbortController();
    const log = createLog({ level: "silent" });
    let heard = () => {};
    const ports = {
      meta: flow.meta,
      events: flow.events,
      clock: systemClock,
      log,
      onNotifications: () => heard(),
    };
    const stage = runAlert(ports, abort.signal);
    const took: number[] = [];
    for (let index = 0; index < 20; index++) {
      await flow.born();
      const started = performance.now();
      const told = new Promise<void>((resolve) => (heard = resolve));
      stage.wake();
      await told;
      took.push(performance.now() - started);
    }
    abort.abort();
    await stage.done;
    const median = took.toSorted((a, b) => a - b)[10] ?? Infinity;
    expect(median).toBeLessThan(100);
    if (process.env["VEDETTE_TEST_FIGURES"]) console.info(took.map((ms) => ms.toFixed(1)).join(" "));
  });
});
