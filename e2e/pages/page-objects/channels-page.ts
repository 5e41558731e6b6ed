import type { Locator, Page } from "playwright-core";

/** Channels: where messages go. */
export class ChannelsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/organizations/default/alerts/channels/`);
    await this.page.getByRole("heading", { name: "Alerts" }).waitFor();
  }

  row(name: string): Locator {
    return this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByText(name, { exact: true }) })
      .first();
  }

  async add(name: string, webhookUrl: string): Promise<void> {
    await this.page.getByRole("button", { name: "Add a channel" }).first().click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Webhook address").fill(webhookUrl);
    await dialog.getByRole("button", { name: "Add channel" }).click();
    await dialog.waitFor({ state: "detached" });
  }

  async test(name: string): Promise<void> {
    await this.row(name).getByRole("button", { name: "Test" }).click();
  }

  /** Replaces the webhook address. */
  async rotate(name: string, webhookUrl: string): Promise<void> {
    await this.page.getByRole("button", { name: `More about ${name}` }).click();
    await this.page.getByRole("menuitem", { name: "Rename or replace the secret" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Webhook address").fill(webhookUrl);
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
  }
}
