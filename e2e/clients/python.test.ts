import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { latestEvent, tagOf, waitForIssue } from "../support/issues.js";
import { describeCommonBehaviour } from "./support/common-behaviour.js";
import { eventOf, exceptionsOf, frameOf } from "./support/event-view.js";
import { limitedKey } from "./support/limited-key.js";
import { runScenario, workFolder } from "./support/run-scenario.js";
import type { ScenarioRun } from "./support/run-scenario.js";
import { openStage } from "./support/stage.js";
import type { Stage } from "./support/stage.js";

const python = join(workFolder, "python", "bin", "python");
let stage: Stage;
let run: ScenarioRun;

beforeAll(async () => {
  stage = await openStage();
  run = await runScenario([python, "python/bare.py"], { SENTRY_DSN: stage.dsn, COMPRESSION: "br" });
});

afterAll(() => stage?.close());

describe("sentry-sdk in a bare Python program", () => {
  describeCommonBehaviour(() => ({ stage, run }), {
    sdk: "sentry.python",
    platform: "python",
    types: { payment: "PaymentError", stock: "LookupError", order: "TypeError" },
    chargeFunction: "charge_card",
    sourceLine: /card declined for order 7/,
    sendsParams: true,
    itemTypes: ["session", "check_in", "attachment"],
  });

  it("is understood when it packs with brotli and with gzip", async () => {
    const before = stage.wire.exchanges.length;
    expect(stage.wire.exchanges.every((one) => one.headers["content-encoding"] === "br")).toBe(true);
    await runScenario([python, "python/crash.py"], { SENTRY_DSN: stage.dsn, COMPRESSION: "gzip" }, 1);
    const later = stage.wire.exchanges.slice(before);
    expect(later.length).toBeGreaterThan(0);
    expect(later.every((one) => one.headers["content-encoding"] === "gzip" && one.status === 200)).toBe(true);
  });

  it("tells a crash as unhandled and fatal, with the frame's variables", async () => {
    const issue = await waitForIssue(stage.server, "RuntimeError: the shop cannot open");
    const event = await latestEvent(stage.server, issue);
    expect(tagOf(event, "handled")).toBe("no");
    expect(exceptionsOf(event)[0]?.mechanism).toMatchObject({ type: "excepthook", handled: false });
    expect(issue.culprit).toContain("open_shop");
  });

  it("shows the variables of a frame", async () => {
    const event = await eventOf(stage.server, run.ids["stock"]);
    expect(frameOf(exceptionsOf(event).at(-1), "read_stock").vars).toEqual({ shelf: { shoes: "3" } });
  });

  it("backs off when its key is over the limit", async () => {
    const key = await limitedKey(stage, { windowSeconds: 60, count: 3 });
    const before = stage.wire.exchanges.length;
    await runScenario([python, "python/rate_limit.py"], {
      SENTRY_DSN: stage.wire.dsnOf(key, 1),
    });
    const statuses = stage.wire.exchanges.slice(before).map((one) => one.status);
    expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 429]);
    expect(statuses.slice(4).every((status) => status === 200)).toBe(true);
    const events = stage.wire
      .items()
      .filter((item) => item.type === "event" && item.payload.includes("burst"));
    expect(events).toHaveLength(4);
  });
});
