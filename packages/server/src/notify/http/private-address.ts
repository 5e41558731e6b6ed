import { BlockList, isIPv4, isIPv6 } from "node:net";

/** https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry, plus multicast. */
const privateV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
const privateV6 = [
  "::/128",
  "::1/128",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

const blocked = new BlockList();
for (const [ranges, family] of [
  [privateV4, "ipv4"],
  [privateV6, "ipv6"],
] as const) {
  for (const range of ranges) {
    const [address, prefix] = range.split("/");
    blocked.addSubnet(address ?? "", Number(prefix), family);
  }
}

/**
 * Whether an outgoing hook must not go there: loopback, private and link-local networks (cloud metadata among
 * them), documentation, multicast, and whatever is no address at all. IPv4 inside IPv6 (mapped, NAT64) counts as IPv4.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIPv4(address)) return blocked.check(address, "ipv4");
  if (!isIPv6(address)) return true;
  const words = ipv6Words(address);
  const isMapped = words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff;
  const isNat64 = words[0] === 0x64 && words[1] === 0xff9b && words.slice(2, 6).every((word) => word === 0);
  if (isMapped || isNat64) return blocked.check(embeddedV4(words), "ipv4");
  return blocked.check(address, "ipv6");
}

/** The eight 16-bit words of an IPv6 address; URL spells every form of it in one way. */
function ipv6Words(address: string): readonly number[] {
  const plain = new URL(`http://[${address.split("%")[0]}]`).hostname.slice(1, -1);
  const [head = "", tail] = plain.split("::");
  const words = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16));
  if (tail === undefined) return words(head);
  const [start, end] = [words(head), words(tail)];
  return [...start, ...Array.from({ length: 8 - start.length - end.length }, () => 0), ...end];
}

function embeddedV4(words: readonly number[]): string {
  const [high = 0, low = 0] = words.slice(6);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".");
}
