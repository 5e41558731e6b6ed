import type { Locator, Page } from "playwright-core";

/** One rule with its history. */
export class RulePage {
  readonly title: Locator;
  readonly history: Locator;
  readonly testResult: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.title = page.getByRole("heading", { level: 1 });
    this.history = page.locator("section").filter({ has: page.getByRole("heading", { name: "History" }) });
    this.testResult = page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Does it arrive?" }) })
      .getByRole("listitem");
  }

  async sendTest(): Promise<void> {
    await this.#page.getByRole("button", { name: "Send a test" }).click();
  }

  async delete(): Promise<void> {
    await this.#page.getByRole("button", { name: "Delete the rule" }).click();
    await this.#page.getByRole("dialog").getByRole("button", { name: "Delete rule" }).click();
  }
}
