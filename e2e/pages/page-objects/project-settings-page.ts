import type { Page } from "playwright-core";

/** A project's settings. */
export class ProjectSettingsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(url: string, project: string): Promise<void> {
    await this.#page.goto(`${url}/organizations/default/projects/${project}/settings/`);
    await this.#page.getByRole("heading", { name: "Data scrubbing" }).waitFor();
  }

  /** Names of fields whose content is masked, one a line in the box. */
  async setSensitiveFields(names: readonly string[]): Promise<void> {
    await this.#page.getByLabel("More sensitive fields").fill(names.join("\n"));
  }

  sensitiveFields(): Promise<string> {
    return this.#page.getByLabel("More sensitive fields").inputValue();
  }

  async toggle(label: string): Promise<void> {
    await this.#page.getByRole("switch", { name: label }).click();
  }

  async save(): Promise<void> {
    await this.#page.getByRole("button", { name: "Save", exact: true }).click();
    await this.#page.getByText("Not saved yet").waitFor({ state: "detached" });
  }
}
