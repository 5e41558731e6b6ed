import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { waitForIssue, type Issue } from "../support/issues.js";
import { waitFor } from "../support/wait-for.js";
import { IssuePage } from "./page-objects/issue-page.js";
import { IssueListPage } from "./page-objects/issue-list-page.js";
import { Shell } from "./page-objects/shell.js";
import { PagesRun } from "./support/pages-run.js";
import { exception, sendEvent } from "./support/send-event.js";

let run: PagesRun;
let view: IssuePage;
let shell: Shell;
let issue: Issue;
const sent: string[] = [];

beforeAll(async () => {
  run = await PagesRun.start();
  view = new IssuePage(run.page);
  shell = new Shell(run.page);
  const nowSeconds = Date.now() / 1_000;
  for (const age of [30, 20, 10]) {
    sent.push(
      await sendEvent(run.server, {
        ...exception("OrderError", "order 7 is missing"),
        timestamp: nowSeconds - age,
        release: "shop@1.4.0",
        transaction: "GET /orders",
        tags: { region: "eu", turn: String(age) },
        user: { id: `user-${age}`, email: "buyer@shop.invalid" },
        request: { method: "GET", url: "https://shop.invalid/orders?page=2" },
        breadcrumbs: {
          values: [
            { timestamp: nowSeconds - age - 2, category: "navigation", message: "opened the cart" },
            { timestamp: nowSeconds - age - 1, category: "http", type: "http", message: "GET /prices" },
          ],
        },
      }),
    );
  }
  issue = await waitFor("three events", async () => {
    const found = await waitForIssue(run.server, "OrderError");
    return found.count === "3" && found;
  });
});
beforeEach(() => view.open(run.server.url, issue.id));
afterEach(() => run.watch.expectClean());
afterAll(() => run?.stop());

describe("reading an issue", () => {
  it("shows the stack with the line of source, variables, and folds what is no own code", async () => {
    await expect.poll(() => view.title.textContent()).toBe("OrderError");
    await view.stack.getByText("return lines.map((line) => line.price.amount);").waitFor();
    const text = (await view.stack.textContent()) ?? "";
    expect(text).toContain("order 7 is missing");
    expect(text).toContain("src/orders.js");
    expect(text).toContain("order-7");
    expect(text).toContain("Show 3 library frames");
    expect(text).not.toContain("dispatch");
  });

  it("unfolds every frame, and shows the raw text", async () => {
    await view.view("All frames");
    await view.stack.getByText("dispatch").waitFor();
    await view.view("Raw");
    const raw = view.stack.locator("pre").first();
    await expect
      .poll(() => raw.textContent())
      .toMatch(/OrderError: order 7 is missing[\s\S]+raiseOrderError/);
  });

  it("shows breadcrumbs newest first and filters them", async () => {
    await expect
      .poll(() => view.breadcrumbs.getByRole("listitem").allTextContents())
      .toEqual([expect.stringContaining("GET /prices"), expect.stringContaining("opened the cart")]);
    await view.breadcrumbs.getByLabel("Filter breadcrumbs").fill("cart");
    await expect.poll(() => view.breadcrumbs.getByRole("listitem").count()).toBe(1);
  });

  it("shows tags, and a click on one searches for it", async () => {
    await view.tags.getByRole("button", { name: "region eu" }).click();
    const list = new IssueListPage(run.page);
    await expect.poll(() => list.types()).toEqual(["OrderError"]);
    expect(list.address()).toEqual({ query: "region:eu" });
  });

  it("says why events are together, how many came, and from whom", async () => {
    const text = () => view.sidebar.textContent();
    await expect.poll(text).toContain("Why is this here?");
    await view.sidebar.locator("summary").click();
    await expect.poll(text).toContain("raiseOrderError");
    expect(await text()).toMatch(/Events3Users3/);
    expect(await text()).toContain("shop@1.4.0");
  });

  it("walks from event to event, by link and by key", async () => {
    const short = sent.map((id) => id.slice(0, 8));
    await expect.poll(() => view.shownEvent()).toBe(short[2]);
    await view.step("Older event (j)");
    await expect.poll(() => view.shownEvent()).toBe(short[1]);
    await run.page.keyboard.press("j");
    await expect.poll(() => view.shownEvent()).toBe(short[0]);
    await run.page.keyboard.press("k");
    await expect.poll(() => view.shownEvent()).toBe(short[1]);
    await view.step("Latest event");
    await expect.poll(() => view.shownEvent()).toBe(short[2]);
    await view.step("Oldest event");
    await expect.poll(() => view.shownEvent()).toBe(short[0]);
    await run.page.getByRole("button", { name: "All events" }).click();
    await expect.poll(() => run.page.getByRole("dialog").getByRole("listitem").count()).toBe(3);
  });

  it("says that an issue is gone when its address names none", async () => {
    run.watch.expectFailure(404, /\/issues\/424242\//);
    await run.page.goto(`${run.server.url}/organizations/default/issues/424242/`);
    await expect.poll(() => run.page.locator("main").textContent()).toContain("This issue is gone");
  });
});

describe("dealing with an issue", () => {
  it("resolves, reopens and archives, and keeps a history of it", async () => {
    await view.resolve();
    await expect.poll(() => shell.messages.textContent()).toContain("DEFAULT-1 resolved.");
    await view.reopen();
    await view.archive("For good");
    await view.header.getByRole("button", { name: "Unarchive" }).waitFor();
    await run.page.reload();
    await view.reopen();
    await view.header.getByRole("button", { name: "Resolve", exact: true }).waitFor();
    const history = view.activity.getByRole("listitem");
    await expect
      .poll(() => history.allTextContents())
      .toEqual(
        expect.arrayContaining([
          expect.stringContaining("archived it"),
          expect.stringContaining("reopened it"),
          expect.stringContaining("resolved it"),
          expect.stringContaining("saw this for the first time"),
        ]),
      );
  });

  it("is given to a person and gets a priority, which stay after loading again", async () => {
    await view.assignToMe();
    await view.header.getByRole("button", { name: /^Assigned to/ }).waitFor();
    await view.setPriority("Low");
    await expect
      .poll(() => view.header.getByRole("button", { name: "Change priority" }).textContent())
      .toBe("low");
    await expect.poll(() => view.activity.textContent()).toContain("gave it to Administrator");
    await run.page.reload();
    await view.header.getByRole("button", { name: /^Assigned to/ }).waitFor();
    await expect
      .poll(() => view.header.getByRole("button", { name: "Change priority" }).textContent())
      .toBe("low");
  });

  it("takes a comment and lets its author delete it", async () => {
    await view.comment("The price list was empty, see the deploy of noon.");
    const note = view.activity.getByText("The price list was empty");
    await note.waitFor();
    await view.activity.getByRole("listitem").filter({ hasText: "price list" }).hover();
    await view.activity.getByRole("button", { name: "Delete the comment" }).click();
    await expect.poll(() => note.count()).toBe(0);
  });

  it("is merged with another one from the list, and split again", async () => {
    await sendEvent(run.server, exception("CardError", "card refused"));
    await waitForIssue(run.server, "CardError");
    const list = new IssueListPage(run.page);
    await list.open(run.server.url);
    await list.select("OrderError");
    await list.select("CardError");
    await list.toolbar.getByRole("button", { name: "Merge" }).click();
    await expect.poll(() => list.rows.count()).toBe(1);
    await list.rows.getByRole("link").click();
    await view.sidebar.getByText("2 grouping hashes").waitFor();
    await view.splitFirstHash();
    await expect.poll(() => shell.messages.textContent()).toContain("Split off into a new issue.");
    await list.open(run.server.url);
    await expect.poll(async () => (await list.types()).toSorted()).toEqual(["CardError", "OrderError"]);
  });
});
