import type { Locator, Page } from "playwright-core";

/** All projects, and the dialog that makes one. */
export class ProjectsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/organizations/default/projects/`);
    await this.page.getByRole("heading", { name: "Projects" }).waitFor();
  }

  card(name: string): Locator {
    return this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("link", { name, exact: true }) });
  }

  async create(name: string, platform: string): Promise<void> {
    await this.page.getByRole("button", { name: "New project" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Platform").selectOption({ label: platform });
    await dialog.getByRole("button", { name: "Create project" }).click();
  }
}
