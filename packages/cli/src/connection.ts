import { CliError } from "./cli-error.js";
import type { Terminal } from "./terminal.js";

export const defaultUrl = "http://127.0.0.1:9000";
const timeoutMs = 60_000;

/** Options of every command that talks to the web API. */
export interface ConnectionOptions {
  readonly url?: string;
  readonly token?: string;
  readonly org?: string;
}

export type Method = "GET" | "POST" | "DELETE";

/** What the server answered to a request it refused. */
export class RefusedError extends CliError {
  readonly status: number;
  /** Wrong places of a document, when it was one. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];

  constructor(status: number, body: unknown, hint: string | null) {
    const { detail, errors } = (typeof body === "object" && body !== null ? body : {}) as {
      detail?: unknown;
      errors?: unknown;
    };
    super(typeof detail === "string" ? detail : `The server answered ${status}.`, hint);
    this.status = status;
    this.problems = Array.isArray(errors) ? errors : [];
  }
}

/** The web API of one server, asked with one token. */
export class Connection {
  readonly url: string;
  readonly #token: string;
  #organization: string | null;

  /** @throws CliError when there is no token or the address is none */
  constructor(terminal: Pick<Terminal, "env">, options: ConnectionOptions) {
    this.url = (options.url ?? terminal.env["VEDETTE_URL"] ?? defaultUrl).replace(/\/+$/, "");
    if (!/^https?:\/\//.test(this.url) || !URL.canParse(this.url)) {
      throw new CliError(`"${this.url}" is not a web address.`, `Write it as in --url ${defaultUrl}`);
    }
    const token = options.token ?? terminal.env["VEDETTE_TOKEN"];
    if (!token) {
      throw new CliError(
        "There is no token to sign in with.",
        `Make one at ${this.url} under Settings, API tokens, with the scopes alerts:read and alerts:write (and ` +
          "project:write to create projects), then: export VEDETTE_TOKEN=…",
      );
    }
    this.#token = token;
    this.#organization = options.org ?? terminal.env["VEDETTE_ORG"] ?? null;
  }

  /**
   * Asks below `/api/0/organizations/{organisation}/`. Without --org the organisation is the token's own.
   *
   * @throws CliError when the server cannot be reached or refuses
   */
  async ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
    this.#organization ??= await this.#ownOrganization();
    return this.#send<T>(
      method,
      `/api/0/organizations/${encodeURIComponent(this.#organization)}/${path}`,
      body,
    );
  }

  async #ownOrganization(): Promise<string> {
    const root = await this.#send<{ organization?: { slug: string } }>("GET", "/api/0/");
    return root.organization?.slug ?? "default";
  }

  async #send<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const response = await reach(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const answer = readJson(text);
    if (!response.ok) throw new RefusedError(response.status, answer, hintFor(response.status));
    if (answer === undefined && text !== "") {
      throw new CliError(`${this.url} answers, but not as Vedette does.`, "Check --url or VEDETTE_URL.");
    }
    return answer as T;
  }
}

/** Fetches. @throws CliError saying why nothing answered */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { origin } = new URL(url);
    throw new CliError(
      `${origin} cannot be reached (${reasonOf(error)}).`,
      "Is the server running? Start it with: npm start. Another address: --url or VEDETTE_URL.",
    );
  }
}

/** `ECONNREFUSED` and the like; fetch hides it in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown reason";
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  if (cause instanceof Error) return reasonOf(cause);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

function readJson(text: string): unknown {
  try {
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function hintFor(status: number): string | null {
  if (status === 401)
    return "The token is wrong, was revoked, or belongs to another server: check VEDETTE_TOKEN.";
  if (status === 403) return "Make a token with the scopes that are missing, under Settings, API tokens.";
  if (status === 429) return "Wait a moment and try again.";
  return status >= 500 ? "The server's log says more." : null;
}
