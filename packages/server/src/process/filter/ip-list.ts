import { BlockList, isIP } from "node:net";

/** Tells whether an address is in a list. */
export type IpMatcher = (ip: string) => boolean;

const MAPPED_V4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * Compiles a list of IPv4 and IPv6 addresses and CIDR blocks (`10.0.0.0/8`, `2001:db8::/32`). Entries which are
 * neither are passed over. An IPv4 address in its IPv6 form (`::ffff:10.0.0.1`) counts as IPv4.
 */
export function compileIpList(entries: readonly string[]): IpMatcher {
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry.trim());
  return (text) => {
    const ip = plainIp(text);
    const family = familyOf(ip);
    return family !== null && list.check(ip, family);
  };
}

function addEntry(list: BlockList, entry: string): void {
  const [address = "", prefix] = entry.split("/", 2);
  const ip = plainIp(address);
  const family = familyOf(ip);
  if (family === null) return;
  if (prefix === undefined) {
    list.addAddress(ip, family);
    return;
  }
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  if (bits >= 0 && bits <= (family === "ipv4" ? 32 : 128)) list.addSubnet(ip, bits, family);
}

function plainIp(text: string): string {
  return MAPPED_V4.exec(text)?.[1] ?? text;
}

function familyOf(ip: string): "ipv4" | "ipv6" | null {
  const version = isIP(ip);
  if (version === 0) return null;
  return version === 4 ? "ipv4" : "ipv6";
}
