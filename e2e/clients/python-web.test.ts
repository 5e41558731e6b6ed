import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryOf, latestEvent, tagOf, waitForIssue } from "../support/issues.js";
import { exceptionsOf, frameOf, rawEventOf } from "./support/event-view.js";
import { runScenario, secrets, workFolder } from "./support/run-scenario.js";
import type { ScenarioRun } from "./support/run-scenario.js";
import { openStage } from "./support/stage.js";
import type { Stage } from "./support/stage.js";

const python = join(workFolder, "python", "bin", "python");
let stage: Stage;
let run: ScenarioRun;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage?.close());

describe("sentry-sdk in FastAPI", () => {
  beforeAll(async () => {
    run = await runScenario([python, "python/fastapi_app.py"], { SENTRY_DSN: stage.dsn });
  });

  it("answers as it would without the SDK", () => {
    expect(run.ids["statuses"]).toBe("500 500 404");
  });

  it("names the route, not the path, and tells the failing line", async () => {
    const issue = await waitForIssue(stage.server, "KeyError: 7");
    const event = await latestEvent(stage.server, issue);
    expect(tagOf(event, "transaction")).toBe("/orders/{order_id}");
    expect(tagOf(event, "correlation_id")).toBe("corr-5");
    expect(tagOf(event, "environment")).toBe("staging");
    expect(event.release?.version).toBe("api@1.0.0");
    expect(frameOf(exceptionsOf(event).at(-1), "order").inApp).toBe(true);
    expect(event.user).toMatchObject({ ip_address: "203.0.113.7" });
  });

  it("shows the request without its credentials", async () => {
    const event = await latestEvent(stage.server, await waitForIssue(stage.server, "KeyError: 7"));
    const request = entryOf(event, "request");
    expect(request["method"]).toBe("GET");
    expect(request["url"]).toMatch(/\/orders\/7$/);
    expect(request["query"]).toEqual([
      ["page", "2"],
      ["token", "[Filtered]"],
    ]);
    expect(await rawEventOf(stage.server, event.eventID)).not.toContain(secrets.token);
  });

  it("shows the posted body without its password", async () => {
    const event = await latestEvent(
      stage.server,
      await waitForIssue(stage.server, "PermissionError: ada may not"),
    );
    expect(entryOf(event, "request")["data"]).toMatchObject({ user: "ada" });
    expect(await rawEventOf(stage.server, event.eventID)).not.toContain(secrets.password);
  });

  it("makes no issue of an ordinary 404", async () => {
    const issues = await stage.server.api<{ title: string }[]>(
      "/organizations/default/issues/?query=&limit=100",
    );
    expect(issues.map((issue) => issue.title)).not.toContainEqual(expect.stringContaining("ordinary answer"));
  });
});

describe("sentry-sdk in Django", () => {
  beforeAll(async () => {
    run = await runScenario([python, "python/django_app.py"], { SENTRY_DSN: stage.dsn });
  });

  it("answers as it would without the SDK", () => {
    expect(run.ids["statuses"]).toBe("500 422");
  });

  it("names the route and tells the failing line and the request", async () => {
    const issue = await waitForIssue(stage.server, "ZeroDivisionError: division by zero");
    const event = await latestEvent(stage.server, issue);
    expect(tagOf(event, "transaction")).toBe("/invoices/{number}/");
    expect(tagOf(event, "correlation_id")).toBe("corr-6");
    expect(tagOf(event, "handled")).toBe("no");
    expect(frameOf(exceptionsOf(event).at(-1), "invoice").vars).toMatchObject({ number: "7" });
    expect(entryOf(event, "request")["query"]).toEqual([["page", "2"]]);
    expect(await rawEventOf(stage.server, event.eventID)).not.toContain(secrets.token);
  });

  it("makes an issue of an error in the log, with template and parameters", async () => {
    const issue = await waitForIssue(stage.server, "upload of");
    const event = await latestEvent(stage.server, issue);
    expect(entryOf(event, "message")).toMatchObject({
      message: "upload of %s refused",
      params: ["invoice.pdf"],
      formatted: "upload of invoice.pdf refused",
    });
    expect(tagOf(event, "logger")).toBe("backoffice");
    expect(await rawEventOf(stage.server, event.eventID)).not.toContain(secrets.password);
  });
});

describe("both frameworks", () => {
  it("have nothing refused, transactions included", () => {
    expect(stage.wire.exchanges.filter((one) => one.status !== 200)).toEqual([]);
    expect(stage.wire.items().map((item) => item.type)).toContain("transaction");
  });
});
