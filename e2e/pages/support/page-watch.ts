import type { BrowserContext, ConsoleMessage, Page, Response, Route } from "playwright-core";

/** Answers that belong to a page at rest: the question who is signed in, asked when nobody is. */
const alwaysExpected: readonly ExpectedFailure[] = [{ status: 401, path: /^\/api\/0\/$/ }];

/** An answer of 400 or above that a test provokes on purpose. */
export interface ExpectedFailure {
  readonly status: number;
  readonly path: RegExp;
}

/**
 * Notes whatever must never happen on a page: a complaint on the console, an uncaught error, a dialog, an answer
 * of 400 or above, a request to anything but the server. Requests elsewhere are stopped as well.
 */
export class PageWatch {
  readonly #origin: string;
  #problems: string[] = [];
  #expected: readonly ExpectedFailure[] = alwaysExpected;

  constructor(origin: string) {
    this.#origin = new URL(origin).origin;
  }

  /** Watches every page the context has or will have. Resolves when the interception is in force. */
  async attach(context: BrowserContext): Promise<void> {
    await context.route("**/*", (route) => this.#letOwnThrough(route));
    context.on("page", (page) => this.#watchPage(page));
  }

  /** Lets answers of this kind pass until the next `expectClean`. */
  expectFailure(status: number, path: RegExp): void {
    this.#expected = [...this.#expected, { status, path }];
  }

  /** Throws when anything was noted since the last call, and forgets it. */
  expectClean(): void {
    const problems = this.#problems;
    this.#problems = [];
    this.#expected = alwaysExpected;
    if (problems.length > 0) throw new Error(`the pages are not clean:\n${problems.join("\n")}`);
  }

  async #letOwnThrough(route: Route): Promise<void> {
    const url = route.request().url();
    if (new URL(url).origin === this.#origin) return route.continue();
    this.#problems.push(`request to ${url}`);
    return route.abort();
  }

  #watchPage(page: Page): void {
    page.on("console", (message) => this.#onConsole(message));
    page.on("pageerror", (error) => this.#problems.push(`uncaught ${error.message}`));
    page.on("dialog", (dialog) => {
      this.#problems.push(`dialog "${dialog.message()}"`);
      void dialog.dismiss();
    });
    page.on("response", (response) => this.#onResponse(response));
  }

  #onConsole(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // Chromium repeats every failed answer on the console; `#onResponse` judges those.
    if (message.text().startsWith("Failed to load resource: the server responded")) return;
    this.#problems.push(`console ${message.type()}: ${message.text()}`);
  }

  #onResponse(response: Response): void {
    const path = new URL(response.url()).pathname;
    const status = response.status();
    if (status < 400 || this.#expected.some((one) => one.status === status && one.path.test(path))) return;
    this.#problems.push(`${status} for ${response.request().method()} ${path}`);
  }
}
