import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryOf, latestEvent, waitForIssue } from "../support/issues.js";
import { describeCommonBehaviour } from "./support/common-behaviour.js";
import { rawEventOf } from "./support/event-view.js";
import { runScenario, secrets, workFolder } from "./support/run-scenario.js";
import type { ScenarioRun } from "./support/run-scenario.js";
import { openStage } from "./support/stage.js";
import type { Stage } from "./support/stage.js";

let stage: Stage;
let run: ScenarioRun;

beforeAll(async () => {
  stage = await openStage();
  run = await runScenario([join(workFolder, "client-go")], { SENTRY_DSN: stage.dsn });
});

afterAll(() => stage?.close());

describe("sentry-go", () => {
  describeCommonBehaviour(() => ({ stage, run }), {
    sdk: "sentry.go",
    platform: "go",
    types: { payment: "*main.paymentError", stock: "*main.stockError", order: "*fmt.wrapError" },
    chargeFunction: "payments",
    sourceLine: /^$/,
    sendsParams: false,
    itemTypes: ["check_in", "attachment"],
  });

  it("shows the panic of a handler with its request, without its credentials", async () => {
    const issue = await waitForIssue(stage.server, "assignment to entry in nil map");
    const event = await latestEvent(stage.server, issue);
    const request = entryOf(event, "request");
    expect(request["method"]).toBe("GET");
    expect(request["url"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/orders\/7/);
    expect(request["query"]).toEqual([["page", "2"]]);
    expect(await rawEventOf(stage.server, event.eventID)).not.toContain(secrets.token);
  });
});
