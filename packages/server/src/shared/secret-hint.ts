const hidden = "••••";
/** Of shorter secrets, four characters would give too much away. */
const shortestWithTail = 16;

/** The last four characters of a token behind dots; only dots when the token is short. */
export function hintToken(token: string): string {
  return token.length < shortestWithTail ? hidden : hidden + token.slice(-4);
}

/**
 * What may be shown of a webhook URL: the host, and for Discord the start of the webhook's number, as in
 * `https://discord.com/api/webhooks/1234…/••••`. Never a query, a password or the last part of the path.
 */
export function hintWebhookUrl(url: string): string {
  if (!URL.canParse(url)) {
    return hidden;
  }
  const { origin, pathname } = new URL(url);
  const discord = /^(.*\/webhooks\/)(\d{4})\d*\/[^/]+/.exec(pathname);
  return discord === null ? `${origin}/${hidden}` : `${origin}${discord[1]}${discord[2]}…/${hidden}`;
}
