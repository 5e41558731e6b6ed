/**
 * The address in the form Discord accepts for links: http(s), a host with a dot in it (`http://localhost` is refused,
 * https://github.com/bugsink/bugsink/issues/280), not too long. Null when the message must do without.
 */
export function linkAddress(address: string | null, maxLength: number): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, hostname, href } = new URL(address);
  const usable = /^https?:$/.test(protocol) && /[^.]\.[^.]/.test(hostname) && href.length <= maxLength;
  return usable ? href : null;
}
