import type { Locator, Page } from "playwright-core";

/** The form that makes or changes a rule. */
export class RuleForm {
  readonly sentence: Locator;
  readonly save: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.sentence = page.locator("form > p").first();
    this.save = page.getByRole("button", { name: "Save rule" });
  }

  async setName(name: string): Promise<void> {
    await this.#page.getByLabel("Name", { exact: true }).fill(name);
  }

  async setInterval(interval: string): Promise<void> {
    await this.#page.getByLabel("At most once in").fill(interval);
  }

  /** Adds the first channel that is not yet told; `mention` is a person or group of Discord. */
  async tell(mention: string): Promise<void> {
    await this.#page.getByRole("button", { name: "Add a channel" }).click();
    await this.#page.getByLabel("Mention").fill(mention);
  }
}
