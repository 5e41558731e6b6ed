/**
 * True when a browser page may send to the project (ingest sheet 1.2: a data rule, checked after authentication).
 *
 * Entries: `*`, a domain (`example.com`), a domain with all its subdomains (`*.example.com`), or a whole origin
 * (`https://example.com:8443`). Requests without `Origin` and `Referer` come from servers and pass.
 */
export function isOriginAllowed(
  headers: { readonly origin?: string | undefined; readonly referer?: string | undefined },
  allowedDomains: readonly string[],
): boolean {
  if (allowedDomains.includes("*")) return true;
  const text = headers.origin ?? headers.referer;
  if (text === undefined || text === "") return true;
  const url = parseHttpUrl(text);
  // `Origin: null` is a page without an origin of its own: only `*` lets it in.
  return url !== null && allowedDomains.some((entry) => matches(url, entry.trim().toLowerCase()));
}

function parseHttpUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : null;
}

function matches(url: URL, entry: string): boolean {
  if (entry.includes("://")) return url.origin === parseHttpUrl(entry)?.origin;
  if (entry.startsWith("*.")) return url.hostname === entry.slice(2) || url.hostname.endsWith(entry.slice(1));
  return entry !== "" && (url.hostname === entry || url.host === entry);
}
