import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ChannelsPage } from "./page-objects/channels-page.js";
import { HistoryPage } from "./page-objects/history-page.js";
import { RuleForm } from "./page-objects/rule-form.js";
import { RulePage } from "./page-objects/rule-page.js";
import { RulesPage } from "./page-objects/rules-page.js";
import { Shell } from "./page-objects/shell.js";
import { PagesRun } from "./support/pages-run.js";
import { exception, sendEvent } from "./support/send-event.js";

const messageTimeoutMs = 10_000;
const ruleName = "New errors to Discord";
let run: PagesRun;
let channels: ChannelsPage;
let rules: RulesPage;
let rule: RulePage;
let shell: Shell;

beforeAll(async () => {
  run = await PagesRun.start({ channels: ["errors", "spare"] });
  channels = new ChannelsPage(run.page);
  rules = new RulesPage(run.page);
  rule = new RulePage(run.page);
  shell = new Shell(run.page);
});
afterEach(() => run.watch.expectClean());
afterAll(() => run?.stop());

/** The webhook address of a channel of the stand-in. */
function webhook(name: string): string {
  const address = run.discord.channel(name).webhookUrl;
  if (!address) throw new Error(`the channel ${name} has no webhook`);
  return address;
}

/** The part of a webhook address which nobody may learn. */
const secretOf = (address: string) => address.split("/").at(-1) ?? "";

/** Titles of the messages in a channel of the stand-in, oldest first. */
const titlesIn = (channel: string) =>
  run.discord.messages({ channel }).map((message) => message.embeds[0]?.title ?? message.content);

describe("channels", () => {
  it("leads from rules without a channel to the first channel", async () => {
    await rules.open(run.server.url);
    await rules.newRule();
    await run.page.getByText("There is no channel yet.").waitFor();
    await run.page.getByRole("link", { name: "Add a Discord channel" }).click();
    await expect.poll(() => run.page.locator("main").textContent()).toContain("No channel yet");
  });

  it("adds one whose secret is in no page and no answer", async () => {
    const answers: string[] = [];
    run.page.on("response", async (response) => {
      if (response.url().includes("/api/0/")) answers.push(await response.text().catch(() => ""));
    });
    await channels.open(run.server.url);
    await channels.add("errors", webhook("errors"));
    await expect.poll(() => channels.row("errors").textContent()).toContain("Nothing sent yet.");
    await run.page.reload();
    await expect.poll(() => channels.row("errors").textContent()).toContain("••••");
    await channels.row("errors").waitFor();
    const shown = `${await run.page.content()} ${answers.join(" ")}`;
    expect(answers.length).toBeGreaterThan(0);
    expect(shown).not.toContain(secretOf(webhook("errors")));
  });

  it("sends a test and says that it was delivered", async () => {
    await channels.test("errors");
    await expect.poll(() => channels.row("errors").textContent()).toMatch(/errors delivered in \d+ ms/);
    expect(titlesIn("errors")).toHaveLength(1);
  });

  it("replaces the webhook, after which messages go to the new place", async () => {
    await channels.rotate("errors", webhook("spare"));
    await channels.test("errors");
    await expect.poll(() => titlesIn("spare").length).toBe(1);
    await channels.rotate("errors", webhook("errors"));
    expect(await run.page.content()).not.toContain(secretOf(webhook("spare")));
  });

  it("refuses an address that is no webhook, in a sentence beside the form", async () => {
    run.watch.expectFailure(400, /\/channels\/$/);
    await run.page.getByRole("button", { name: "Add a channel" }).first().click();
    const dialog = run.page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("wrong");
    await dialog.getByLabel("Webhook address").fill("https://example.com/no-webhook");
    await dialog.getByRole("button", { name: "Add channel" }).click();
    await expect.poll(() => dialog.getByRole("alert").textContent()).toMatch(/webhook/i);
    await run.page.keyboard.press("Escape");
  });
});

describe("rules", () => {
  it("are made with a form that says in a sentence what they will do", async () => {
    const form = new RuleForm(run.page);
    await rules.open(run.server.url);
    await rules.newRule();
    await expect.poll(() => form.sentence.textContent()).toContain("tell nobody yet");
    expect(await form.save.isDisabled()).toBe(true);
    await form.setName(ruleName);
    await form.setInterval("0s");
    await form.tell("@here");
    await expect.poll(() => form.sentence.textContent()).toContain("tell errors (@here)");
    await form.save.click();
    await expect.poll(() => rule.title.textContent()).toBe(ruleName);
  });

  it("send a test whose end is told", async () => {
    const before = titlesIn("errors").length;
    await rule.sendTest();
    await expect.poll(() => rule.testResult.textContent()).toMatch(/^errors delivered in \d+ ms$/);
    expect(titlesIn("errors")).toHaveLength(before + 1);
    await expect.poll(() => rule.history.textContent()).toContain("Test message");
  });

  it("tell Discord of a new issue and keep it in their history", async () => {
    await sendEvent(run.server, exception("OrderError", "order 7 is missing"));
    await run.discord.waitForMessage(
      (message) => JSON.stringify(message).includes("OrderError") && message.content.includes("@here"),
      messageTimeoutMs,
    );
    const history = new HistoryPage(run.page);
    await history.open(run.server.url);
    await expect.poll(() => history.rows.first().textContent()).toMatch(/fired.*OrderError.*delivered/);
    await history.rows.first().getByRole("link", { name: "OrderError" }).click();
    await expect.poll(() => run.page.getByRole("complementary").last().textContent()).toContain(ruleName);
  });

  it("are switched off and on in the list", async () => {
    await rules.open(run.server.url);
    await rules.switchOf(ruleName).click();
    await expect.poll(() => rules.switchOf(ruleName).isChecked()).toBe(false);
    await run.page.reload();
    await expect.poll(() => rules.switchOf(ruleName).isChecked()).toBe(false);
    await rules.switchOf(ruleName).click();
    await expect.poll(() => rules.switchOf(ruleName).isChecked()).toBe(true);
  });

  it("are muted for a time and woken again", async () => {
    await rules.mute(ruleName, "1 hour");
    await expect.poll(() => rules.row(ruleName).textContent()).toContain("Muted, wakes");
    await sendEvent(run.server, exception("QuietError", "nobody hears of it"));
    const history = new HistoryPage(run.page);
    await history.open(run.server.url);
    await expect
      .poll(async () => {
        await run.page.reload();
        return history.rows.first().textContent({ timeout: 2_000 });
      })
      .toMatch(/muted.*QuietError/);
    await rules.open(run.server.url);
    await rules.mute(ruleName, "Wake it now");
    await expect.poll(() => rules.row(ruleName).textContent()).not.toContain("Muted");
  });
});

describe("the emergency stop", () => {
  it("asks first, then stands on every page while nothing goes out", async () => {
    await rules.open(run.server.url);
    await rules.stopAll();
    await shell.stoppedBanner.waitFor();
    const before = titlesIn("errors").length;
    await sendEvent(run.server, exception("StoppedError", "nobody is told"));
    const history = new HistoryPage(run.page);
    await expect
      .poll(async () => {
        await history.open(run.server.url);
        return history.rows.first().textContent({ timeout: 2_000 });
      })
      .toMatch(/stopped.*StoppedError/);
    await shell.goTo("Issues");
    await shell.stoppedBanner.waitFor();
    expect(titlesIn("errors")).toHaveLength(before);
  });

  it("is taken back from the banner, after which messages go out again", async () => {
    await shell.resumeAlerts();
    await shell.stoppedBanner.waitFor({ state: "detached" });
    await sendEvent(run.server, exception("LoudError", "heard again"));
    await run.discord.waitForMessage(
      (message) => JSON.stringify(message).includes("LoudError"),
      messageTimeoutMs,
    );
    expect(titlesIn("errors").join()).not.toContain("StoppedError");
  });
});

describe("a rule that is no longer wanted", () => {
  it("is deleted after asking, and the list says so", async () => {
    await rules.open(run.server.url);
    await rules.row(ruleName).getByRole("link").click();
    await rule.delete();
    await expect.poll(() => run.page.locator("main").textContent()).toContain("Nobody is told yet");
    expect(await rules.row(ruleName).count()).toBe(0);
  });
});
