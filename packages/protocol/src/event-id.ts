const PLAIN = /^[0-9a-f]{32}$/;
const HYPHENATED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL = "0".repeat(32);

/**
 * Brings an event id to its one stored form, 32 lower-case hex characters.
 *
 * Takes plain or hyphenated UUID text in any case; returns null for anything else, and for the nil UUID,
 * which the protocol calls invalid (docs: https://develop.sentry.dev/sdk/data-model/event-payloads/).
 */
export function normaliseEventId(text: string): string | null {
  if (PLAIN.test(text)) return text === NIL ? null : text;
  const lower = text.trim().toLowerCase();
  const plain = HYPHENATED.test(lower) ? lower.replaceAll("-", "") : lower;
  return PLAIN.test(plain) && plain !== NIL ? plain : null;
}

/** True for text that is a well-formed UUID holding only zeros: several SDKs send it to say "no event". */
export function isNilEventId(text: string): boolean {
  return text.trim().replaceAll("-", "") === NIL;
}

/** Makes a random (version 4) event id: 32 lower-case hex characters. */
export function newEventId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
