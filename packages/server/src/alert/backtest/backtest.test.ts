import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ruleDefinitionSchema } from "../../domain/rule.js";
import type { EngineFixture } from "../../store/events/embedded/engine-fixture.js";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { noon } from "../alert.test-suite.js";
import { Flow, startEvents } from "../flow.test-suite.js";
import { backtest } from "./backtest.js";

const hour = 3_600_000;
const minute = 60_000;

let engine: EngineFixture;

beforeAll(async () => {
  engine = await startEvents();
});

afterAll(async () => {
  await engine.dispose();
});

describe.each(metaKinds())("a back-test on $name", (kind) => {
  let flow: Flow;

  beforeEach(async () => {
    await engine.store.command("TRUNCATE TABLE events");
    flow = await Flow.open(engine.store, kind);
  });

  afterEach(async () => {
    await flow.close();
  });

  function run(definition: object, range = { from: noon - 24 * hour, to: noon }) {
    const whole = ruleDefinitionSchema.parse({
      when: ["first_seen"],
      notify: [{ channel: "ops" }],
      ...definition,
    });
    return backtest(flow, { organizationId: 1, definition: whole }, range);
  }

  it("finds new issues, and of one seen in a new environment only where the rule looks there", async () => {
    const [old, fresh] = [
      await flow.addIssue({ firstSeen: noon - 48 * hour }),
      await flow.addIssue({ firstSeen: noon - hour }),
    ];
    const places = [
      { issue_id: old.id, environment: "staging", first_seen: noon - 48 * hour },
      { issue_id: old.id, environment: "production", first_seen: noon - 2 * hour },
      { issue_id: fresh.id, environment: "staging", first_seen: noon - hour },
    ];
    for (const place of places) {
      await flow.meta
        .insertInto("issue_environment")
        .values({ ...place, last_seen: noon, times_seen: 1 })
        .execute();
    }
    await flow.store(old, [
      { at: noon - 48 * hour, environment: "staging" },
      { at: noon - 2 * hour },
      { at: noon - 1 },
    ]);
    await flow.store(fresh, [
      { at: noon - hour, environment: "staging" },
      { at: noon - minute, environment: "staging" },
    ]);
    expect(await run({})).toMatchObject({
      fired: 1,
      throttled: 0,
      eventsRead: 4,
      coveredTo: noon,
      samples: [{ at: noon - hour, issueId: fresh.id, title: "Error: boom" }],
    });
    expect(await run({ environment: "production" })).toMatchObject({
      fired: 1,
      samples: [{ issueId: old.id }],
    });
  });

  it("counts as the live rule does, with windows that reach back before its start", async () => {
    const issue = await flow.addIssue({ firstSeen: noon - 48 * hour });
    const start = noon - hour;
    await flow.store(
      issue,
      Array.from({ length: 10 }, (_, index) => ({ at: start - minute + index })),
    );
    await flow.store(issue, [{ at: start + 1 }, { at: start + 2 }, { at: start + 40 * minute }]);
    const often = { when: [{ event_frequency: { count: 10, per: "5m" } }] };
    expect(await run(often, { from: start, to: noon })).toMatchObject({
      fired: 1,
      throttled: 1,
      samples: [{ at: start + 1 }],
    });
  });

  it("obeys filters, projects and the interval", async () => {
    const issue = await flow.addIssue({ firstSeen: noon - 48 * hour });
    const at = (index: number) => noon - hour + index * minute;
    await flow.store(
      issue,
      Array.from({ length: 30 }, (_, index) => ({ at: at(index), level: index % 2 ? "error" : "info" })),
    );
    const errors = { when: ["every_event"], if: [{ level: "error" }] };
    expect(await run({ ...errors, interval: "10m" })).toMatchObject({ fired: 3, throttled: 12 });
    expect(await run({ ...errors, interval: "0s" })).toMatchObject({ fired: 15, throttled: 0 });
    expect(await run({ ...errors, project: "elsewhere" })).toMatchObject({ fired: 0, eventsRead: 0 });
    const stack = { attribute: { key: "stacktrace.filename", op: "starts", value: "src/" } };
    expect(await run({ when: ["every_event"], if: [stack], interval: "30m" })).toMatchObject({ fired: 1 });
  });

  it("knows changes of state from the issues' activity", async () => {
    const issue = await flow.addIssue({ firstSeen: noon - 48 * hour });
    await flow.store(issue, [{ at: noon - 2 * hour }]);
    const activities = [
      ["set_regression", "{}"],
      ["set_unresolved", '{"reason":"reappeared"}'],
      ["set_unresolved", "{}"],
    ] as const;
    for (const [name, data] of activities) {
      await flow.meta
        .insertInto("issue_activity")
        .values({ issue_id: issue.id, kind: name, user_id: null, at: noon - hour, data })
        .execute();
    }
    const both = { when: ["regression", "reappeared"], interval: "0s", environment: "production" };
    expect(await run(both)).toMatchObject({ fired: 2 });
    expect(await run({ when: ["regression"], environment: "staging" })).toMatchObject({ fired: 0 });
  });

  it("refuses a definition with a broken pattern", async () => {
    const broken = { if: [{ tag: { key: "a", op: "regex", value: "(" } }] };
    await expect(run(broken)).rejects.toThrow(/not a valid pattern/);
  });
});
