import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { waitForIssue, type Issue } from "../support/issues.js";
import { HistoryPage } from "./page-objects/history-page.js";
import { IssueListPage } from "./page-objects/issue-list-page.js";
import { IssuePage } from "./page-objects/issue-page.js";
import { PagesRun } from "./support/pages-run.js";
import { sendEvent } from "./support/send-event.js";

const script = "<script>window.taken = true; alert(1)</script>";
const image = '"><img src="http://evil.invalid/pixel.png" onerror="window.taken = true; alert(2)">';
const markdown = "[click](javascript:alert(3)) ![](http://evil.invalid/m.png) **bold**";
const address = "javascript:window.taken=true//";
const hostile = `${script} ${image} ${markdown}`;
let run: PagesRun;
let issue: Issue;

beforeAll(async () => {
  run = await PagesRun.start({ channels: ["errors"] });
  await makeRule();
  await sendEvent(run.server, hostileEvent());
  issue = await waitForIssue(run.server, "HostileError");
});
afterEach(() => run.watch.expectClean());
afterAll(() => run?.stop());

/** A rule for everything, so that hostile text is in the history of alerts, too. */
async function makeRule(): Promise<void> {
  const path = "/organizations/default";
  await run.server.api(`${path}/alerts/channels/`, {
    method: "POST",
    body: { name: "errors", type: "discord", webhookUrl: run.discord.channel("errors").webhookUrl },
  });
  await run.server.api(`${path}/alerts/rules/`, {
    method: "POST",
    body: {
      name: hostile.slice(0, 100),
      definition: { project: "*", when: ["first_seen"], notify: [{ channel: "errors" }], interval: "1h" },
    },
  });
}

/** An event which carries markup wherever text may stand. */
function hostileEvent(): Record<string, unknown> {
  return {
    transaction: hostile,
    culprit: hostile,
    release: "<b>1.0</b>",
    environment: "<i>live</i>",
    server_name: image,
    logger: image,
    tags: { [`<u>key</u>`]: script, plain: image, link: address },
    user: { id: script, email: image, username: markdown, ip_address: "192.0.2.1" },
    request: {
      method: "<GET>",
      url: address,
      query_string: [["q", script]],
      headers: [
        ["Referer", address],
        ["X-Html", image],
      ],
      data: { [script]: image },
    },
    extra: { [image]: script, link: address, page: "https://evil.invalid/page" },
    contexts: { [`<em>own</em>`]: { value: image, link: address } },
    breadcrumbs: {
      values: [{ timestamp: Date.now() / 1_000, category: script, message: image, data: { url: address } }],
    },
    exception: {
      values: [
        {
          type: `HostileError ${script}`,
          value: hostile,
          stacktrace: {
            frames: [
              {
                function: image,
                filename: script,
                abs_path: address,
                lineno: 1,
                in_app: true,
                context_line: `${script} ${image}`,
                vars: { [script]: image },
              },
            ],
          },
        },
      ],
    },
  };
}

/** Elements and addresses that only markup of the event could have made. */
const traces = `({
  taken: window.taken === true,
  foreign: document.querySelectorAll('img, iframe, b, u, em, [onerror], main script').length,
  addresses: [...document.querySelectorAll('[href], [src]')]
    .map((one) => one.getAttribute('href') ?? one.getAttribute('src'))
    .filter((one) => !/^(\\/|#|http:\\/\\/127\\.0\\.0\\.1)/.test(one)),
})`;

async function expectOnlyText(page: Page, allowed: readonly string[] = []): Promise<void> {
  await expect.poll(() => page.evaluate(traces)).toEqual({ taken: false, foreign: 0, addresses: allowed });
}

describe("hostile text of events", () => {
  it("is text in the issue list and in a search for it", async () => {
    const list = new IssueListPage(run.page);
    await list.open(run.server.url);
    await expect.poll(() => list.types()).toEqual([expect.stringContaining(script)]);
    await expectOnlyText(run.page);
    await list.searchFor(`plain:${JSON.stringify(image)}`);
    await expect.poll(() => list.rows.count()).toBe(1);
    await expectOnlyText(run.page);
  });

  it("is text in every part of the issue page, and only web addresses become links", async () => {
    const view = new IssuePage(run.page);
    await view.open(run.server.url, issue.id);
    await expect.poll(() => view.stack.textContent()).toContain(script);
    await expect.poll(() => view.breadcrumbs.textContent()).toContain(image);
    await expect.poll(() => view.tags.textContent()).toContain(script);
    await expect.poll(() => run.page.locator("#extra").textContent()).toContain(script);
    await expect.poll(() => run.page.locator("#request").textContent()).toContain(address);
    await view.sidebar.locator("summary").click();
    await expectOnlyText(run.page, ["https://evil.invalid/page"]);
    await view.view("Raw");
    await expectOnlyText(run.page, ["https://evil.invalid/page"]);
  });

  it("is text in comments, rules, channels and the history of alerts", async () => {
    const view = new IssuePage(run.page);
    await view.open(run.server.url, issue.id);
    await view.comment(hostile);
    await expect.poll(() => view.activity.textContent()).toContain(hostile);
    await expectOnlyText(run.page, ["https://evil.invalid/page"]);
    const history = new HistoryPage(run.page);
    await history.open(run.server.url);
    await expect.poll(() => history.rows.first().textContent()).toContain(script);
    await expectOnlyText(run.page);
    await run.page.goto(`${run.server.url}/organizations/default/alerts/rules/`);
    await run.page.getByRole("link", { name: script }).click();
    await expect.poll(() => run.page.getByRole("heading", { level: 1 }).textContent()).toContain(script);
    await expectOnlyText(run.page);
  });

  it("is data, not a page, when the stored payload is opened by itself", async () => {
    const event = await run.page.request.get(
      `${run.server.url}/api/0/organizations/default/issues/${issue.id}/events/latest/`,
    );
    expect(event.headers()["content-type"]).toContain("application/json");
    expect(event.headers()["x-content-type-options"]).toBe("nosniff");
  });
});
