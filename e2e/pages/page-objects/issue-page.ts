import type { Locator, Page } from "playwright-core";

/** An issue seen through one of its events. */
export class IssuePage {
  readonly title: Locator;
  readonly header: Locator;
  readonly stack: Locator;
  readonly breadcrumbs: Locator;
  readonly tags: Locator;
  readonly activity: Locator;
  readonly sidebar: Locator;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole("heading", { level: 1 });
    this.header = page.locator("header").filter({ has: this.title });
    this.stack = page.locator("#stack");
    this.breadcrumbs = page.locator("#breadcrumbs");
    this.tags = page.locator("#tags");
    this.activity = page.locator("#activity");
    this.sidebar = page.getByRole("complementary", { name: "About this issue" });
  }

  async open(url: string, issueId: string): Promise<void> {
    await this.page.goto(`${url}/organizations/default/issues/${issueId}/`);
    await this.title.waitFor();
  }

  /** First eight characters of the id of the event that is shown. */
  async shownEvent(): Promise<string> {
    return (
      (await this.page
        .locator("code.font-mono")
        .filter({ hasText: /^[0-9a-f]{8}$/ })
        .first()
        .textContent()) ?? ""
    );
  }

  async step(to: "Oldest event" | "Older event (j)" | "Newer event (k)" | "Latest event"): Promise<void> {
    await this.page.getByRole("link", { name: to }).click();
  }

  async view(view: "Your code" | "All frames" | "Raw"): Promise<void> {
    await this.stack.getByRole("button", { name: view, exact: true }).click();
  }

  async resolve(): Promise<void> {
    await this.header.getByRole("button", { name: "Resolve", exact: true }).click();
  }

  async reopen(): Promise<void> {
    await this.header.getByRole("button", { name: /^(Reopen|Unarchive)$/ }).click();
  }

  async archive(how: string): Promise<void> {
    await this.header.getByRole("button", { name: "Archive" }).click();
    await this.page.getByRole("menuitem", { name: how }).click();
  }

  async assignToMe(): Promise<void> {
    await this.header.getByRole("button", { name: "Assign" }).click();
    await this.page.getByRole("option", { name: "(me)" }).click();
  }

  async setPriority(priority: "High" | "Medium" | "Low"): Promise<void> {
    await this.header.getByRole("button", { name: "Change priority" }).click();
    await this.page.getByRole("menuitem", { name: priority }).click();
  }

  async comment(text: string): Promise<void> {
    await this.activity.getByRole("textbox", { name: "Comment" }).fill(text);
    await this.activity.getByRole("button", { name: "Comment" }).click();
  }

  /** Opens the grouping hashes and splits off the first. */
  async splitFirstHash(): Promise<void> {
    await this.header.getByRole("button", { name: "Merged hashes and splitting" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("checkbox").first().check();
    await dialog.getByRole("button", { name: "Split off 1" }).click();
  }
}
