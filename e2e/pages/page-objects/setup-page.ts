import type { Locator, Page } from "playwright-core";

/** From nothing to the first event. */
export class SetupPage {
  readonly status: Locator;
  readonly title: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.title = page.getByRole("heading", { level: 1 });
    this.status = page.getByRole("status");
  }

  /** The DSN as it is shown. */
  async dsn(): Promise<string> {
    const code = this.#page
      .locator("section")
      .filter({ has: this.#page.getByRole("heading", { name: "DSN" }) })
      .locator("code");
    return (await code.textContent()) ?? "";
  }

  async choosePlatform(name: string): Promise<void> {
    const group = this.#page.getByRole("group", { name: "Platform" });
    await group.getByRole("button", { name, exact: false }).first().click();
  }

  /** The snippet under a heading such as `Connect`. */
  snippet(heading: string): Locator {
    return this.#page
      .locator("section")
      .filter({ has: this.#page.getByRole("heading", { name: heading }) })
      .locator("pre");
  }
}
