import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { waitForIssue, type Issue } from "../support/issues.js";
import { Shell } from "./page-objects/shell.js";
import { PagesRun } from "./support/pages-run.js";
import { exception, sendEvent } from "./support/send-event.js";

const narrow = { width: 390, height: 844 } as const;
let run: PagesRun;
let issue: Issue;

beforeAll(async () => {
  run = await PagesRun.start();
  const unbroken = "x".repeat(300);
  await sendEvent(run.server, {
    ...exception("LongError", unbroken, `load${unbroken}`),
    tags: { long: unbroken.slice(0, 150) },
    extra: { [unbroken]: unbroken },
  });
  issue = await waitForIssue(run.server, "LongError");
});
afterEach(() => run.watch.expectClean());
afterAll(() => run?.stop());

/** Every place of the application, below the organisation. */
function places(): string[] {
  return [
    "issues/",
    `issues/${issue.id}/`,
    "alerts/rules/",
    "alerts/rules/new/",
    "alerts/channels/",
    "alerts/history/",
    "projects/",
    "projects/default/setup/",
    "projects/default/settings/",
    "settings/",
    "settings/tokens/",
    "settings/members/",
    "settings/audit/",
  ];
}

describe("the look of pages", () => {
  it("follows the system, and the choice of a person before that", async () => {
    const page = await run.openProfile({ colorScheme: "dark" });
    const shell = new Shell(page);
    await page.goto(run.server.url);
    await expect.poll(() => shell.theme()).toBe("dark");
    await shell.chooseTheme("Light");
    expect(await shell.theme()).toBe("light");
    await page.reload();
    expect(await shell.theme()).toBe("light");
    await shell.chooseTheme("Like the system");
    expect(await shell.theme()).toBe("dark");
    await page.context().close();
  });

  it("paints dark before the first script of the application runs", async () => {
    const page = await run.openProfile({ colorScheme: "dark" });
    await page.goto(run.server.url, { waitUntil: "commit" });
    const background = "getComputedStyle(document.documentElement).backgroundColor";
    await expect.poll(() => page.evaluate<string>(background)).not.toBe("rgba(0, 0, 0, 0)");
    const colour = await page.evaluate<string>(background);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => page.evaluate<string>(background)).not.toBe(colour);
    await page.context().close();
  });

  it.each([
    ["wide", { width: 1_600, height: 1_000 }],
    ["narrow", narrow],
  ] as const)(
    "sticks out nowhere on a %s screen, and every page has its own title",
    async (_name, viewport) => {
      const page = await run.openProfile({ viewport, colorScheme: "dark" });
      const shell = new Shell(page);
      const titles = new Set<string>();
      for (const place of places()) {
        await page.goto(`${run.server.url}/organizations/default/${place}`);
        await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
        await expect.poll(() => page.title()).toMatch(/.+ · Vedette$/);
        await expect.poll(() => page.locator(".skeleton").count()).toBe(0);
        expect([place, await shell.overhang()]).toEqual([place, 0]);
        titles.add(await page.title());
      }
      expect(titles.size).toBeGreaterThan(7);
      await page.context().close();
    },
  );
});

describe("finding the way", () => {
  it("works with the bar at the foot of a narrow screen", async () => {
    const page = await run.openProfile({ viewport: narrow });
    const shell = new Shell(page);
    await page.goto(run.server.url);
    await shell.goTo("Alerts");
    await page.getByRole("heading", { name: "Alerts" }).waitFor();
    await shell.goTo("Projects");
    await expect.poll(() => page.url()).toContain("/projects/");
    await page.context().close();
  });

  it("works with g and a letter", async () => {
    await run.page.goto(`${run.server.url}/organizations/default/issues/`);
    await run.page.getByRole("combobox", { name: "Search issues" }).waitFor();
    await run.page.keyboard.press("g");
    await run.page.keyboard.press("a");
    await expect.poll(() => run.page.url()).toContain("/alerts/rules/");
  });

  it("does not take the second letter for a deed of the list", async () => {
    await run.page.goto(`${run.server.url}/organizations/default/issues/`);
    const row = run.page.getByRole("link", { name: "LongError" });
    await row.waitFor();
    for (const key of ["j", "g", "i"]) await run.page.keyboard.press(key);
    await run.page.waitForLoadState("networkidle");
    expect(await row.count()).toBe(1);
  });

  it("says so under an address that is no page", async () => {
    await run.page.goto(`${run.server.url}/organizations/default/nowhere/`);
    await run.page.getByRole("link").first().waitFor();
    await expect.poll(() => run.page.locator("body").textContent()).toContain("Nothing is posted here");
  });
});
