/** Origin taken apart; port empty when it is not written. */
const ORIGIN = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^/:?#]+)(?::(\d{1,5}|\*))?\/?$/i;

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ["http", "80"],
  ["https", "443"],
]);

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
}

/**
 * Decides whether an origin may send to a project (filter key `cors`, ingest sheet 9).
 *
 * An entry may be `*`, a host (`example.com`), a host with its subdomains (`*.example.com`, the host itself
 * included), either with a port, or with a scheme before it (`https://example.com`). What an entry leaves out it
 * does not ask for; case does not count.
 *
 * @param origin `Origin` header, or the origin of the referrer; null or empty when the sender is no browser, which
 *   is always allowed
 */
export function isOriginAllowed(origin: string | null, allowedDomains: readonly string[]): boolean {
  if (origin === null || origin === "" || allowedDomains.includes("*")) return true;
  const sent = partsOf(origin);
  return sent !== null && allowedDomains.some((entry) => matchesEntry(sent, entry));
}

function matchesEntry(sent: Parts, entry: string): boolean {
  const wanted = partsOf(entry.trim());
  if (wanted === null) return false;
  if (wanted.scheme !== "" && wanted.scheme !== "*" && wanted.scheme !== sent.scheme) return false;
  if (wanted.port !== "" && wanted.port !== "*" && wanted.port !== portOf(sent)) return false;
  if (!wanted.host.startsWith("*.")) return wanted.host === "*" || wanted.host === sent.host;
  return sent.host === wanted.host.slice(2) || sent.host.endsWith(wanted.host.slice(1));
}

function portOf(parts: Parts): string {
  return parts.port === "" ? (DEFAULT_PORTS.get(parts.scheme) ?? "") : parts.port;
}

function partsOf(text: string): Parts | null {
  const match = ORIGIN.exec(text.replace(/^\*:\/\//, ""));
  if (match === null) return null;
  const [, scheme = "", host = "", port = ""] = match;
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), port };
}
