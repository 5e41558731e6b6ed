import { startDiscordSandbox, type DiscordSandbox } from "@vedette/discord-sandbox";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { adminEmail, adminPassword, Server } from "../../support/server.js";
import { PageWatch } from "./page-watch.js";

const chromiumPath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
/** No sandbox, so that it also runs as root in a container; no traffic of the browser's own. */
const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const actionTimeoutMs = 10_000;
const wide = { width: 1_600, height: 1_000 } as const;

export interface RunOptions {
  /** False: the page stays signed out. Default true. */
  readonly signedIn?: boolean;
  /** Names of the channels of a Discord stand-in. Default: no stand-in. */
  readonly channels?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A server, a browser with one watched page, and, on demand, a stand-in for Discord. */
export class PagesRun {
  readonly server: Server;
  readonly watch: PageWatch;
  readonly page: Page;
  readonly #browser: Browser;
  readonly #discord: DiscordSandbox | null;

  private constructor(parts: {
    server: Server;
    watch: PageWatch;
    page: Page;
    browser: Browser;
    discord: DiscordSandbox | null;
  }) {
    this.server = parts.server;
    this.watch = parts.watch;
    this.page = parts.page;
    this.#browser = parts.browser;
    this.#discord = parts.discord;
  }

  /** Starts everything; the page shows nothing yet. */
  static async start(options: RunOptions = {}): Promise<PagesRun> {
    const discord = options.channels
      ? await startDiscordSandbox({ channels: options.channels, rateLimit: false })
      : null;
    const [server, browser] = await Promise.all([
      Server.start({
        environment: {
          ...(discord ? { VEDETTE_DISCORD_API: `${discord.url}/api` } : {}),
          ...options.environment,
        },
      }),
      chromium.launch({ executablePath: chromiumPath, args: chromiumArguments }),
    ]);
    const watch = new PageWatch(server.url);
    const page = await openPage(browser, watch);
    if (options.signedIn ?? true) await signIn(page, server);
    return new PagesRun({ server, watch, page, browser, discord });
  }

  /** Another browser profile on the same server, watched too and signed in. */
  async openProfile(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openPage(this.#browser, this.watch, options);
    await signIn(page, this.server);
    return page;
  }

  /** The stand-in; throws when the run was started without channels. */
  get discord(): DiscordSandbox {
    if (!this.#discord) throw new Error("this run has no Discord stand-in");
    return this.#discord;
  }

  /** Ends browser, server and stand-in. */
  async stop(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
    await this.#discord?.stop();
  }
}

async function openPage(
  browser: Browser,
  watch: PageWatch,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: wide, ...options });
  context.setDefaultTimeout(actionTimeoutMs);
  await watch.attach(context);
  return context.newPage();
}

/** Signs in by the API, as the form does, so that the cookie is there before the first page. */
async function signIn(page: Page, server: Server): Promise<void> {
  const answer = await page.request.post(`${server.url}/api/auth/sign-in/email`, {
    headers: { Origin: server.url },
    data: { email: adminEmail, password: adminPassword },
  });
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`);
}
