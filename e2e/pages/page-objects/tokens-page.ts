import type { Locator, Page } from "playwright-core";

/** API tokens of a person. */
export class TokensPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/organizations/default/settings/tokens/`);
    await this.page.getByRole("heading", { name: "Settings" }).waitFor();
  }

  row(name: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: name });
  }

  /** Makes a token with the scopes that are offered first; @returns its secret, shown this once */
  async create(name: string): Promise<string> {
    await this.page.getByRole("button", { name: "New token" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Make token" }).click();
    const made = this.page.getByRole("dialog", { name: "Copy the token now" });
    const secret = (await made.locator("code").textContent()) ?? "";
    await this.page.keyboard.press("Escape");
    return secret;
  }

  async revoke(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `Revoke ${name}` }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  }
}
