import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryOf, latestEvent, tagOf, waitForIssue } from "../support/issues.js";
import { describeCommonBehaviour } from "./support/common-behaviour.js";
import { exceptionsOf } from "./support/event-view.js";
import { runScenario, workFolder } from "./support/run-scenario.js";
import type { ScenarioRun } from "./support/run-scenario.js";
import { openStage } from "./support/stage.js";
import type { Stage } from "./support/stage.js";

const classPath = [join(workFolder, "java", "classes"), join(workFolder, "java", "lib", "*")].join(delimiter);
let stage: Stage;
let run: ScenarioRun;

beforeAll(async () => {
  stage = await openStage();
  run = await runScenario(["java", "-cp", classPath, "example.Client"], { SENTRY_DSN: stage.dsn });
});

afterAll(() => stage?.close());

describe("sentry-java", () => {
  describeCommonBehaviour(() => ({ stage, run }), {
    sdk: "sentry.java",
    platform: "java",
    types: {
      payment: "Client$PaymentException",
      stock: "IllegalStateException",
      order: "UnsupportedOperationException",
    },
    chargeFunction: "chargeCard",
    sourceLine: /^$/,
    sendsParams: true,
    itemTypes: ["session", "check_in", "attachment", "feedback"],
  });

  it("tells the crash of a thread as unhandled, with the module and the thread", async () => {
    const issue = await waitForIssue(stage.server, "NumberFormatException: the shop cannot open");
    const event = await latestEvent(stage.server, issue);
    expect(issue.level).toBe("fatal");
    expect(tagOf(event, "handled")).toBe("no");
    expect(exceptionsOf(event)[0]?.stacktrace?.frames.at(-1)?.module).toBe("example.Client");
    const threads = entryOf(event, "threads")["values"] as { name: string; crashed: boolean }[];
    expect(threads.find((thread) => thread.crashed)?.name).toBe("shop");
  });

  it("packs everything with gzip", () => {
    const encodings = stage.wire.envelopes().map((one) => one.headers["content-encoding"]);
    expect(new Set(encodings)).toEqual(new Set(["gzip"]));
  });
});
