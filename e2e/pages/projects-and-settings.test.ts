import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { latestEvent, waitForIssue } from "../support/issues.js";
import { IssuePage } from "./page-objects/issue-page.js";
import { ProjectSettingsPage } from "./page-objects/project-settings-page.js";
import { ProjectsPage } from "./page-objects/projects-page.js";
import { SetupPage } from "./page-objects/setup-page.js";
import { TokensPage } from "./page-objects/tokens-page.js";
import { Shell } from "./page-objects/shell.js";
import { PagesRun } from "./support/pages-run.js";
import { exception, sendEvent } from "./support/send-event.js";

let run: PagesRun;
let projects: ProjectsPage;

beforeAll(async () => {
  run = await PagesRun.start();
  projects = new ProjectsPage(run.page);
});
afterEach(() => run.watch.expectClean());
afterAll(() => run?.stop());

describe("a new project", () => {
  let dsn = "";

  it("is created with a name and a platform, and its set-up waits for the first event", async () => {
    const setup = new SetupPage(run.page);
    await projects.open(run.server.url);
    await projects.create("Checkout API", "Python");
    await expect.poll(() => setup.title.textContent()).toBe("Set up Checkout API");
    await expect.poll(() => setup.status.textContent()).toContain("Waiting for the first event");
    dsn = await setup.dsn();
    expect(dsn).toMatch(/^http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/2$/);
    await expect.poll(() => setup.snippet("Connect").textContent()).toContain(dsn);
    await expect.poll(() => setup.snippet("Connect").textContent()).toContain("sentry_sdk");
  });

  it("has a snippet with its DSN for every other platform", async () => {
    const setup = new SetupPage(run.page);
    for (const platform of ["Node.js", "Go", "PHP"]) {
      await setup.choosePlatform(platform);
      await expect.poll(() => setup.snippet("Connect").textContent()).toContain(dsn);
    }
  });

  it("says when the first event has come, and leads to it", async () => {
    const setup = new SetupPage(run.page);
    const key = new URL(dsn).username;
    await sendEvent(run.server, exception("FirstError", "hello"), { key, projectId: 2 });
    await expect.poll(() => setup.status.textContent()).toContain("The first event has arrived");
    await run.page.getByRole("link", { name: "Open CHECKOUT-API-1" }).click();
    await expect.poll(() => new IssuePage(run.page).title.textContent()).toBe("FirstError");
    await new Shell(run.page).goTo("Projects");
    await expect.poll(() => projects.card("Checkout API").textContent()).toContain("1 open");
  });

  it("is not created twice under one address, and the form says why", async () => {
    run.watch.expectFailure(409, /\/projects\/$/);
    await projects.create("Checkout API", "Go");
    const message = run.page.getByRole("dialog").getByRole("alert");
    await expect.poll(() => message.textContent()).toMatch(/already exists/);
    await run.page.keyboard.press("Escape");
  });
});

describe("settings of a project", () => {
  it("name fields whose content is never stored", async () => {
    const settings = new ProjectSettingsPage(run.page);
    const extra = { loyaltyCode: "LC-778-221", basket: "3 items" };
    await sendEvent(run.server, { ...exception("BeforeError", "before"), extra });
    const before = await latestEvent(run.server, await waitForIssue(run.server, "BeforeError"));
    expect(before.context).toMatchObject(extra);

    await settings.open(run.server.url, "default");
    await settings.setSensitiveFields(["loyaltyCode"]);
    await settings.save();
    await run.page.reload();
    await expect.poll(() => settings.sensitiveFields()).toBe("loyaltyCode");

    await sendEvent(run.server, { ...exception("AfterError", "after"), extra });
    const issue = await waitForIssue(run.server, "AfterError");
    const after = await latestEvent(run.server, issue);
    expect(JSON.stringify(after)).not.toContain(extra.loyaltyCode);
    expect(after.context).toMatchObject({ loyaltyCode: "[Filtered]", basket: extra.basket });
    await new IssuePage(run.page).open(run.server.url, issue.id);
    await run.page.getByText("[Filtered]").first().waitFor();
  });

  it("are in the audit log with who changed them", async () => {
    await run.page.goto(`${run.server.url}/organizations/default/settings/audit/`);
    const entry = run.page.getByRole("listitem").filter({ hasText: "project.update" });
    await expect.poll(() => entry.first().textContent()).toContain("Administrator");
  });
});

describe("API tokens", () => {
  it("are shown once, work with their scopes, and are refused once revoked", async () => {
    const tokens = new TokensPage(run.page);
    await tokens.open(run.server.url);
    const secret = await tokens.create("build server");
    const ask = async () => {
      const headers = { Authorization: `Bearer ${secret}` };
      const answer = await fetch(`${run.server.url}/api/0/organizations/default/projects/`, { headers });
      return answer.status;
    };
    expect(secret).toMatch(/^sntryu_[0-9a-f]{64}$/);
    expect(await ask()).toBe(200);
    await tokens.row("build server").waitFor();
    expect(await run.page.content()).not.toContain(secret);
    await tokens.revoke("build server");
    await expect.poll(() => tokens.row("build server").count()).toBe(0);
    expect(await ask()).toBe(401);
  });
});
