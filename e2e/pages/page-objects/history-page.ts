import type { Locator, Page } from "playwright-core";

/** What rules did, newest first. */
export class HistoryPage {
  readonly rows: Locator;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.rows = page.locator("ol > li");
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/organizations/default/alerts/history/`);
    await this.page.getByRole("heading", { name: "Alerts" }).waitFor();
  }
}
