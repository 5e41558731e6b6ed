/** A Discord webhook, taken apart. `token` is a secret. */
export interface WebhookAddress {
  readonly id: string;
  readonly token: string;
  /** The thread it posts to, when the address names one. */
  readonly threadId: string | null;
  /** Where calls go: `…/api/v10/webhooks/{id}/{token}`, without a query. Holds the secret. */
  readonly url: string;
}

type ParsedWebhook =
  | { readonly ok: true; readonly webhook: WebhookAddress }
  | { readonly ok: false; readonly problem: string };

const discordHosts: ReadonlySet<string> = new Set(
  ["discord.com", "discordapp.com"].flatMap((host) => [host, `www.${host}`, `ptb.${host}`, `canary.${host}`]),
);
const path = /^\/api(?:\/v\d{1,2})?\/webhooks\/(\d{15,22})\/([\w-]{20,200})(?:\/(?:slack|github))?\/?$/;

/**
 * Reads a webhook address as people paste it: any of Discord's hosts, with or without a version, also those for
 * Slack or GitHub bodies. Another host is taken only when it is the one of `discordApi`.
 *
 * @param discordApi base of Discord's API, such as `https://discord.com/api`
 * @returns the problem as a sentence that does not repeat what was pasted
 */
export function parseWebhookUrl(text: string, discordApi: string): ParsedWebhook {
  const trimmed = text.trim().replace(/^<|>$/g, "");
  if (!URL.canParse(trimmed)) return { ok: false, problem: "This is not a web address." };
  const url = new URL(trimmed);
  const api = new URL(discordApi);
  const isDiscord = discordHosts.has(url.host) && url.protocol === "https:";
  const isConfigured = url.host === api.host && url.protocol === api.protocol;
  if (!isDiscord && !isConfigured) {
    return { ok: false, problem: "A webhook's address begins with https://discord.com/api/webhooks/." };
  }
  const [, id, token] = path.exec(url.pathname) ?? [];
  if (id === undefined || token === undefined) {
    const problem =
      "The address is not complete: it has to end in the webhook's number and its token. " +
      "Copy it again in Discord under channel settings, Integrations, Webhooks.";
    return { ok: false, problem };
  }
  const thread = url.searchParams.get("thread_id");
  const threadId = thread !== null && /^\d{15,22}$/.test(thread) ? thread : null;
  const base = isConfigured ? apiBase(discordApi) : apiBase("https://discord.com/api");
  return { ok: true, webhook: { id, token, threadId, url: `${base}/webhooks/${id}/${token}` } };
}

/** The API's base with the version this program speaks. */
export function apiBase(discordApi: string): string {
  const base = discordApi.replace(/\/+$/, "");
  return /\/v\d{1,2}$/.test(base) ? base : `${base}/v10`;
}
