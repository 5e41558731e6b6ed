import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryOf, waitForIssue, latestEvent, tagOf } from "../support/issues.js";
import { describeCommonBehaviour } from "./support/common-behaviour.js";
import { eventOf, exceptionsOf, rawEventOf } from "./support/event-view.js";
import { limitedKey } from "./support/limited-key.js";
import { runScenario, secrets } from "./support/run-scenario.js";
import type { ScenarioRun } from "./support/run-scenario.js";
import { openStage } from "./support/stage.js";
import type { Stage } from "./support/stage.js";

let stage: Stage;
let run: ScenarioRun;

beforeAll(async () => {
  stage = await openStage();
  run = await runScenario([process.execPath, "node/scenario.mjs"], { SENTRY_DSN: stage.dsn });
});

afterAll(() => stage?.close());

describe("@sentry/node", () => {
  describeCommonBehaviour(() => ({ stage, run }), {
    sdk: "sentry.javascript.node",
    platform: "node",
    types: { payment: "PaymentError", stock: "RangeError", order: "TypeError" },
    chargeFunction: "chargeCard",
    sourceLine: /card declined for order 7/,
    sendsParams: true,
    itemTypes: ["session", "check_in", "feedback", "attachment"],
  });

  it("packs only what is large", () => {
    const encodings = stage.wire.envelopes().map((one) => one.headers["content-encoding"]);
    expect(new Set(encodings)).toEqual(new Set([undefined, "gzip"]));
  });

  it("shows the request an error happened in, without its credentials", async () => {
    const event = await eventOf(stage.server, run.ids["request"]);
    const request = entryOf(event, "request");
    expect(request["method"]).toBe("GET");
    expect(request["url"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/orders\/7/);
    expect(tagOf(event, "transaction_kind")).toBe("web");
    const headers = new Map(
      (request["headers"] as [string, string][]).map(([key, value]) => [key.toLowerCase(), value]),
    );
    expect(headers.get("x-correlation")).toBe("corr-5");
    expect(await rawEventOf(stage.server, run.ids["request"])).not.toContain(secrets.token);
  });

  it("tells a crash as unhandled and fatal", async () => {
    await runScenario([process.execPath, "node/crash.mjs"], { SENTRY_DSN: stage.dsn }, 1);
    const issue = await waitForIssue(stage.server, "EvalError: the shop cannot open");
    expect(issue.level).toBe("fatal");
    const event = await latestEvent(stage.server, issue);
    expect(tagOf(event, "handled")).toBe("no");
    expect(exceptionsOf(event)[0]?.mechanism?.handled).toBe(false);
  });

  it("backs off when its key is over the limit", async () => {
    const key = await limitedKey(stage, { windowSeconds: 60, count: 3 });
    const before = stage.wire.exchanges.length;
    await runScenario([process.execPath, "node/rate-limit.mjs"], {
      SENTRY_DSN: stage.wire.dsnOf(key, 1),
    });
    const statuses = stage.wire.exchanges
      .slice(before)
      .filter((one) => one.body.includes("burst"))
      .map((one) => one.status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});
