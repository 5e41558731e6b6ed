import type { Locator, Page } from "playwright-core";

/** The form at `/sign-in/`. */
export class SignInPage {
  readonly message: Locator;
  readonly form: Locator;
  readonly hint: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.form = page.locator("form");
    this.message = page.getByRole("alert");
    this.hint = page.getByText("First time here?");
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(`${url}/sign-in/`);
  }

  async submit(email: string, password: string): Promise<void> {
    await this.#page.getByLabel("E-mail").fill(email);
    await this.#page.getByLabel("Password").fill(password);
    await this.#page.getByRole("button", { name: "Sign in" }).click();
  }
}
