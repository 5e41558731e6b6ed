import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { waitForIssue } from "../support/issues.js";
import { IssueListPage } from "./page-objects/issue-list-page.js";
import { Shell } from "./page-objects/shell.js";
import { PagesRun } from "./support/pages-run.js";
import { exception, sendEvent } from "./support/send-event.js";

let run: PagesRun;
let list: IssueListPage;

beforeAll(async () => {
  run = await PagesRun.start();
  list = new IssueListPage(run.page);
  await list.open(run.server.url);
  await run.page.getByText("On watch, and nothing heard yet").waitFor();
  const send = (type: string, more: Record<string, unknown>) =>
    sendEvent(run.server, { ...exception(type, `${type} happened`), ...more });
  for (let turn = 0; turn < 3; turn++) await send("OrderError", { user: { id: `u${turn}` } });
  await send("CardError", { environment: "staging", tags: { plan: "free" } });
  await send("SlowSearch", { level: "warning", tags: { plan: "paid" } });
  for (const type of ["OrderError", "CardError", "SlowSearch"]) await waitForIssue(run.server, type);
});
beforeEach(() => list.open(run.server.url));
afterEach(() => run.watch.expectClean());
afterAll(() => run?.stop());

describe("searching issues", () => {
  it("shows the unresolved ones, the last seen first", async () => {
    await expect.poll(() => list.types()).toEqual(["SlowSearch", "CardError", "OrderError"]);
  });

  it("keeps the search in the address, and finds it again from there", async () => {
    await list.searchFor("is:unresolved level:warning");
    await expect.poll(() => list.types()).toEqual(["SlowSearch"]);
    expect(list.address()).toEqual({ query: "is:unresolved level:warning" });
    await run.page.reload();
    await expect.poll(() => list.types()).toEqual(["SlowSearch"]);
    expect(await list.search.inputValue()).toBe("is:unresolved level:warning");
  });

  it("understands negation, tags, free text and wildcards", async () => {
    await list.searchFor("is:unresolved !level:warning");
    await expect.poll(() => list.types()).toEqual(["CardError", "OrderError"]);
    await list.searchFor("plan:free");
    await expect.poll(() => list.types()).toEqual(["CardError"]);
    await list.searchFor("OrderError happened");
    await expect.poll(() => list.types()).toEqual(["OrderError"]);
    await list.searchFor("error.type:*Error");
    await expect.poll(() => list.types()).toEqual(["CardError", "OrderError"]);
  });

  it("says in a sentence what is wrong with a search", async () => {
    run.watch.expectFailure(400, /\/organizations\/default\/issues\/$/);
    await list.searchFor("timesSeen:>many");
    const refusal = run.page.getByRole("alert").filter({ hasText: "This is not understood" });
    await expect.poll(() => refusal.textContent()).toContain("timesSeen");
  });

  it("says so when nothing matches, and leads back", async () => {
    await list.searchFor("no-such-thing");
    await run.page.getByText("No issue matches").waitFor();
    await run.page.getByRole("button", { name: "Unresolved, last 90 days" }).click();
    await expect.poll(() => list.rows.count()).toBe(3);
    expect(list.address()).toEqual({ statsPeriod: "90d" });
  });

  it("completes keys and their values while typing", async () => {
    await list.search.fill("is:unresolved lev");
    const options = run.page.getByRole("option");
    await expect.poll(() => options.first().textContent()).toContain("level");
    await list.key("Tab");
    await expect.poll(() => list.search.inputValue()).toBe("is:unresolved level:");
  });

  it("narrows by environment and period, and orders by events, all in the address", async () => {
    await list.pick("All environments", "staging");
    await expect.poll(() => list.types()).toEqual(["CardError"]);
    await list.pick("staging", "production");
    await list.pick("Last 14 days", "Last 24 hours");
    await list.pick("Last seen", "Events");
    await expect.poll(() => list.types()).toEqual(["OrderError", "SlowSearch", "CardError"]);
    const address = new URL(run.page.url()).searchParams;
    expect(address.getAll("environment")).toEqual(["staging", "production"]);
    expect([address.get("statsPeriod"), address.get("sort")]).toEqual(["24h", "freq"]);
  });
});

describe("the keyboard", () => {
  it("walks with j and k, opens with Enter, and comes back with u", async () => {
    await list.rows.first().waitFor();
    await list.key("j");
    await list.key("j");
    await expect.poll(() => list.currentType()).toBe("CardError");
    await list.key("k");
    await expect.poll(() => list.currentType()).toBe("SlowSearch");
    await list.key("Enter");
    await expect.poll(() => run.page.getByRole("heading", { level: 1 }).textContent()).toBe("SlowSearch");
    await list.key("u");
    await list.search.waitFor();
  });

  it("puts the cursor into the search with a slash, where letters are letters", async () => {
    await list.rows.first().waitFor();
    await list.key("/");
    await expect.poll(() => list.search.and(run.page.locator(":focus")).count()).toBe(1);
    await list.key("End");
    await run.page.keyboard.type(" e");
    expect(await list.search.inputValue()).toBe("is:unresolved e");
    expect(await list.rows.count()).toBe(3);
  });

  it("resolves with e, and the message offers to undo it", async () => {
    await list.rows.first().waitFor();
    await list.key("j");
    await list.key("e");
    await expect.poll(() => list.types()).toEqual(["CardError", "OrderError"]);
    await new Shell(run.page).messages.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => list.types()).toEqual(["SlowSearch", "CardError", "OrderError"]);
  });

  it("tells all keys with a question mark", async () => {
    await list.key("?");
    const help = run.page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect.poll(() => help.textContent()).toContain("Archive until it escalates");
    await list.key("Escape");
  });
});

describe("several issues at once", () => {
  it("resolves what is selected, and finds it among the resolved", async () => {
    await list.select("CardError");
    await list.select("OrderError");
    await list.toolbar.getByText("2 selected").waitFor();
    await list.toolbar.getByRole("button", { name: "Resolve", exact: true }).click();
    await expect.poll(() => list.types()).toEqual(["SlowSearch"]);
    await list.searchFor("is:resolved");
    await expect.poll(async () => (await list.types()).toSorted()).toEqual(["CardError", "OrderError"]);
  });

  it("archives, and shows it behind the ready-made search", async () => {
    await list.select("SlowSearch");
    await list.toolbar.getByRole("button", { name: "Archive" }).click();
    await run.page.getByRole("menuitem", { name: "For good" }).click();
    await run.page.getByText("All quiet").waitFor();
    await list.readyMade("Archived");
    await expect.poll(() => list.types()).toEqual(["SlowSearch"]);
  });

  it("merges two into one", async () => {
    await list.searchFor("is:resolved");
    await list.select("CardError");
    await list.select("OrderError");
    await list.toolbar.getByRole("button", { name: "Merge" }).click();
    await expect.poll(() => list.rows.count()).toBe(1);
    await expect.poll(() => list.rows.first().textContent()).toContain("4 events");
  });

  it("deletes after asking", async () => {
    await list.searchFor("is:archived");
    await list.select("SlowSearch");
    await list.toolbar.getByRole("button", { name: "Delete" }).click();
    await run.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await run.page.getByText("No issue matches").waitFor();
    await list.searchFor("");
    await expect.poll(() => list.rows.count()).toBe(1);
  });
});
