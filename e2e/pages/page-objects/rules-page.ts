import type { Locator, Page } from "playwright-core";

/** The list of alert rules, with the emergency stop. */
export class RulesPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/organizations/default/alerts/rules/`);
    await this.page.getByRole("heading", { name: "Alerts" }).waitFor();
  }

  row(name: string): Locator {
    return this.page.getByRole("listitem").filter({ has: this.page.getByRole("link", { name }) });
  }

  switchOf(name: string): Locator {
    return this.page.getByRole("switch", { name: `${name} is on` });
  }

  async newRule(): Promise<void> {
    await this.page.getByRole("link", { name: "New rule" }).first().click();
  }

  async mute(name: string, duration: string): Promise<void> {
    await this.page.getByRole("button", { name: `Mute ${name}` }).click();
    await this.page.getByRole("menuitem", { name: duration }).click();
  }

  async stopAll(): Promise<void> {
    await this.page.getByRole("button", { name: "Stop all alerts" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Stop all alerts" }).click();
  }
}
