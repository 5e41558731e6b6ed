import type { Span } from "./detector.js";
import { isWordAt } from "./detector.js";

const IPV4 = /\d{1,3}(?:\.\d{1,3}){3}/g;
const IPV6_RUN = /[0-9A-Fa-f:.]+/g;
const IPV4_WHOLE = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const GROUP = /^[0-9A-Fa-f]{1,4}$/;
const MAX_IPV6_CHARACTERS = 45;

/** Finds IPv4 addresses. A version number of four parts cannot be told from one and is taken too. */
export function findIpv4(text: string, replacement: string): Span[] {
  const spans: Span[] = [];
  for (const { index, 0: address } of text.matchAll(IPV4)) {
    const end = index + address.length;
    if (isIpv4(address) && standsAlone(text, index, end)) spans.push({ start: index, end, replacement });
  }
  return spans;
}

/** Finds IPv6 addresses, also with an IPv4 tail. One without any digit is not taken, so that `Ab::Cd` in code stays. */
export function findIpv6(text: string, replacement: string): Span[] {
  const spans: Span[] = [];
  for (const { index, 0: run } of text.matchAll(IPV6_RUN)) {
    if (run.length < 3 || run.length > MAX_IPV6_CHARACTERS + 2) continue;
    const address = withoutPunctuation(run);
    const start = index + run.indexOf(address);
    if (!isIpv6(address) || isWordAt(text, start - 1) || isWordAt(text, start + address.length)) continue;
    spans.push({ start, end: start + address.length, replacement });
  }
  return spans;
}

/** Drops the colon of `addr:2001:db8::1` and the full stop or colon that ends a clause. */
function withoutPunctuation(run: string): string {
  const start = run.startsWith(":") && !run.startsWith("::") ? 1 : 0;
  const isClauseEnd = run.endsWith(".") || (run.endsWith(":") && !run.endsWith("::"));
  return run.slice(start, isClauseEnd ? -1 : undefined);
}

function standsAlone(text: string, start: number, end: number): boolean {
  if (isWordAt(text, start - 1) || isWordAt(text, end)) return false;
  const continuesBefore = text[start - 1] === "." && isWordAt(text, start - 2);
  const continuesAfter = text[end] === "." && isWordAt(text, end + 1);
  return !continuesBefore && !continuesAfter;
}

function isIpv4(address: string): boolean {
  return IPV4_WHOLE.test(address) && address.split(".").every((part) => Number(part) <= 255);
}

function isIpv6(address: string): boolean {
  if (address.length > MAX_IPV6_CHARACTERS || !/\d/.test(address)) return false;
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const counts = halves.map((half, index) => countGroups(half, index === halves.length - 1));
  if (counts.includes(-1)) return false;
  const groups = counts.reduce((sum, count) => sum + count, 0);
  return halves.length === 2 ? groups <= 7 : groups === 8;
}

/** Groups in one half of an address, an IPv4 tail counting as two; -1 when the half is malformed. */
function countGroups(half: string, mayEndInIpv4: boolean): number {
  if (half === "") return 0;
  const parts = half.split(":");
  const tail = mayEndInIpv4 && isIpv4(parts.at(-1) ?? "") ? 1 : 0;
  const plain = tail === 1 ? parts.slice(0, -1) : parts;
  return plain.every((part) => GROUP.test(part)) ? parts.length + tail : -1;
}
