import type { Span } from "./detector.js";

const VISIBLE_CHARACTERS = 2;
const MAX_LOCAL_CHARACTERS = 254;
const LOCAL_CHARACTER = /[\p{L}\p{N}._%+'-]/u;
const DOMAIN = /(?:[A-Za-z0-9\u00A1-\uFFFF-]{1,63}\.){1,8}[A-Za-z\u00A1-\uFFFF]{2,24}/y;
/** `logo@2x.png` is a file for dense screens, not an address. */
const IMAGE_SCALE = /^[1-9](?:\.\d)?x\.(?:png|jpe?g|gif|webp|svg|avif)$/i;

/**
 * Keeps the first two characters of the name and the domain (S0.11): `user@example.com` → `us***@example.com`. A name
 * of one or two characters keeps one fewer, so that it never shows whole. Text without `@` is treated as a name.
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const characters = Array.from(at === -1 ? email : email.slice(0, at));
  const visible = Math.min(VISIBLE_CHARACTERS, Math.max(characters.length - 1, 0));
  return `${characters.slice(0, visible).join("")}***${at === -1 ? "" : email.slice(at)}`;
}

/** Finds e-mail addresses by walking out from each `@`, which keeps the time linear whatever surrounds it. */
export function findEmails(text: string, replace: (email: string) => string): Span[] {
  const spans: Span[] = [];
  let floor = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const start = startOfLocalPart(text, at, floor);
    DOMAIN.lastIndex = at + 1;
    const domain = start < at ? DOMAIN.exec(text)?.[0] : undefined;
    if (domain === undefined || IMAGE_SCALE.test(domain)) continue;
    const end = at + 1 + domain.length;
    spans.push({ start, end, replacement: replace(text.slice(start, end)) });
    floor = end;
  }
  return spans;
}

function startOfLocalPart(text: string, at: number, floor: number): number {
  const limit = Math.max(floor, at - MAX_LOCAL_CHARACTERS);
  let start = at;
  while (start > limit && LOCAL_CHARACTER.test(text[start - 1] ?? "")) start--;
  return start;
}
