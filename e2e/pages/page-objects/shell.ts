import type { Locator, Page } from "playwright-core";

/** What stands around every page: places, account, theme, banners, messages at the foot. */
export class Shell {
  readonly navigation: Locator;
  readonly passwordBanner: Locator;
  readonly stoppedBanner: Locator;
  readonly messages: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.navigation = page.getByRole("navigation", { name: "Main" });
    this.passwordBanner = page.getByText("You are using the password printed at the first start.");
    this.stoppedBanner = page.getByRole("alert").getByText("All alerts are stopped.");
    this.messages = page.locator("[aria-live=polite].fixed");
  }

  async goTo(place: "Issues" | "Alerts" | "Projects" | "Settings"): Promise<void> {
    await this.navigation.getByRole("link", { name: place }).click();
  }

  async signOut(): Promise<void> {
    await this.#page.getByRole("button", { name: /^Account of/ }).click();
    await this.#page.getByRole("menuitem", { name: "Sign out" }).click();
  }

  async chooseTheme(theme: "Light" | "Dark" | "Like the system"): Promise<void> {
    await this.#page.getByRole("button", { name: "Theme" }).click();
    await this.#page.getByRole("menuitem", { name: theme }).click();
  }

  /** The theme in force, `light` or `dark`. */
  theme(): Promise<string | null> {
    return this.#page.locator("html").getAttribute("data-theme");
  }

  async resumeAlerts(): Promise<void> {
    await this.#page.getByRole("button", { name: "Resume alerts" }).click();
  }

  /** Pixels by which the page is wider than its window; 0 when nothing sticks out. */
  overhang(): Promise<number> {
    return this.#page.evaluate<number>(
      "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)",
    );
  }
}
