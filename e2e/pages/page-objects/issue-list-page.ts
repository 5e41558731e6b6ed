import type { Locator, Page } from "playwright-core";

export interface ListAddress {
  readonly query?: string;
  readonly sort?: string;
  readonly environment?: string;
}

/** The issue list with its search, pickers and toolbar. */
export class IssueListPage {
  readonly search: Locator;
  readonly rows: Locator;
  readonly toolbar: Locator;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.search = page.getByRole("combobox", { name: "Search issues" });
    this.rows = page.getByRole("list", { name: "Issues" }).getByRole("listitem");
    this.toolbar = page.getByRole("toolbar", { name: "Selected issues" });
  }

  async open(url: string, address: ListAddress = {}): Promise<void> {
    const query = new URLSearchParams(Object.entries(address)).toString();
    await this.page.goto(`${url}/organizations/default/issues/${query ? `?${query}` : ""}`);
    await this.search.waitFor();
  }

  /** First words of every row, as drawn: the type of the exception, or the message. */
  types(): Promise<string[]> {
    return this.rows.locator("a > span:first-child").allTextContents();
  }

  row(type: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("link", { name: type }) });
  }

  async searchFor(query: string): Promise<void> {
    await this.search.fill(query);
    await this.search.press("Enter");
  }

  /** Picks from one of the filters, named by what its button says now. */
  async pick(button: string, option: string): Promise<void> {
    await this.page.getByRole("button", { name: button }).click();
    await this.page.getByRole("option", { name: option }).click();
    await this.page.keyboard.press("Escape");
  }

  async select(type: string): Promise<void> {
    await this.row(type).hover();
    await this.row(type).getByRole("checkbox").check();
  }

  async readyMade(name: string): Promise<void> {
    const group = this.page.getByRole("group", { name: "Ready-made searches" });
    await group.getByRole("button", { name }).click();
  }

  /** The parameters in the address. */
  address(): Record<string, string> {
    return Object.fromEntries(new URL(this.page.url()).searchParams);
  }

  async key(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Type of the row the keyboard stands on; null before the first key. */
  async currentType(): Promise<string | null> {
    const current = this.rows.filter({ has: this.page.locator('[class*="before:bg-accent"]') });
    return (await current.count()) === 0 ? null : current.locator("a > span:first-child").textContent();
  }
}
