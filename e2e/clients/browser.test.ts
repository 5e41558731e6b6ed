import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryOf, latestEvent, tagOf, waitForIssue } from "../support/issues.js";
import { waitFor } from "../support/wait-for.js";
import { eventOf, exceptionsOf, frameOf, issueOfEvent } from "./support/event-view.js";
import { servePage } from "./support/page-server.js";
import type { PageServer } from "./support/page-server.js";
import { openStage } from "./support/stage.js";
import type { Stage } from "./support/stage.js";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
let stage: Stage;
let pages: PageServer;
let browser: Browser;
let ids: Record<string, string>;

/** Opens the page with the SDK aimed at the server and presses buttons. @returns what the page calls its events */
async function press(
  buttons: readonly string[],
  parameters: Record<string, string> = {},
): Promise<Record<string, string>> {
  const page = await browser.newPage();
  await page.goto(`${pages.url}/?${String(new URLSearchParams({ dsn: stage.dsn, ...parameters }))}`);
  for (const button of buttons) await page.click(`#${button}`);
  const known = await leave(page);
  return known;
}

/** Lets the SDK send everything, then closes the page as a visitor would. */
async function leave(page: Page): Promise<Record<string, string>> {
  await page.evaluate("flushed()");
  const known = await page.evaluate<Record<string, string>>("eventIds");
  await page.goto("about:blank");
  await page.close();
  return known;
}

beforeAll(async () => {
  stage = await openStage();
  pages = await servePage();
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  ids = await press(["pay", "broken", "rejected", "others"]);
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await stage?.close();
});

describe("@sentry/browser in Chromium", () => {
  it("reaches the server across origins with nothing refused", () => {
    const refused = stage.wire.exchanges.filter((one) => one.status !== 200);
    expect(refused).toEqual([]);
    const [first] = stage.wire.envelopes();
    expect(first?.headers.origin).toBe(pages.url);
    expect(first?.answerHeaders["access-control-allow-origin"]).toMatch(/^(\*|http:\/\/127\.0\.0\.1:\d+)$/);
    const types = stage.wire.items().map((item) => item.type);
    expect(types).toEqual(expect.arrayContaining(["event", "session", "feedback", "attachment", "span"]));
  });

  it("tells a caught error with its stack, page, user and browser", async () => {
    const event = await eventOf(stage.server, ids["payment"]);
    expect(event.title).toBe("PaymentError: @everyone card declined for order 7");
    expect(event.platform).toBe("javascript");
    expect(event.sdk?.name).toBe("sentry.javascript.browser");
    expect(frameOf(exceptionsOf(event).at(-1), "chargeCard")).toMatchObject({ inApp: true });
    expect(event.user).toMatchObject({ id: "42", email: "ada@example.com" });
    expect(tagOf(event, "release")).toBe("web@5.0.0");
    expect(entryOf(event, "request")["url"]).toMatch(new RegExp(`^${pages.url}/`));
    expect(event.contexts["browser"]).toMatchObject({ name: expect.stringMatching(/Chrom/) });
    expect(tagOf(event, "browser")).toMatch(/Chrom/);
    expect(tagOf(event, "handled")).toBe("yes");
  });

  it("tells what nobody caught as unhandled, with the click before it", async () => {
    const issue = await waitForIssue(stage.server, "TypeError: Cannot read properties of null");
    const event = await latestEvent(stage.server, issue);
    expect(tagOf(event, "handled")).toBe("no");
    expect(issue.metadata.function).toContain("pressBroken");
    const crumbs = entryOf(event, "breadcrumbs")["values"] as { category: string; message: string }[];
    expect(crumbs.at(-1)).toMatchObject({
      category: "ui.click",
      message: expect.stringContaining("button#broken"),
    });
  });

  it("tells a rejected promise", async () => {
    const issue = await waitForIssue(stage.server, "SyntaxError: answer of the bank is no JSON");
    const event = await latestEvent(stage.server, issue);
    expect(tagOf(event, "mechanism")).toContain("onunhandledrejection");
  });

  it("tells causes, attachments and messages", async () => {
    const event = await eventOf(stage.server, ids["cause"]);
    expect(exceptionsOf(event).map((one) => one.type)).toEqual(["RangeError", "TypeError"]);
    expect(event.attachments).toMatchObject([{ name: "cart.json", size: 11 }]);
    const message = await eventOf(stage.server, ids["message"]);
    expect(message.title).toBe("the cart is slow");
    expect(tagOf(message, "level")).toBe("warning");
  });

  it("reports what it dropped when the page is left", async () => {
    const report = await waitFor("a client report", async () =>
      stage.wire.items().find((item) => item.type === "client_report"),
    );
    expect(JSON.parse(report.payload.toString("utf8"))).toMatchObject({
      discarded_events: expect.arrayContaining([{ reason: "before_send", category: "error", quantity: 1 }]),
    });
  });

  it("may send through a tunnel, the DSN in the envelope alone", async () => {
    const tunnelled = await press(["pay"], { tunnel: `${stage.wire.url}/api/1/envelope/` });
    const issue = await issueOfEvent(stage.server, tunnelled["payment"]);
    expect(issue.id).toBe((await issueOfEvent(stage.server, ids["payment"])).id);
    const last = stage.wire.envelopes().findLast((one) => one.body.includes("PaymentError"));
    expect(last?.path).toBe("/api/1/envelope/");
    expect(last?.status).toBe(200);
  });

  it("leaves one message in Discord, mentioning nobody", async () => {
    const message = await stage.discord.waitForMessage((one) => one.channelName === "payments", 10_000);
    expect(JSON.stringify(message.raw)).toContain("corr-1234");
    expect(message.mentionsResolved).toEqual({ everyone: false, here: false, users: [], roles: [] });
    expect(stage.discord.messages()).toHaveLength(1);
  });
});
