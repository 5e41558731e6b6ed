/** Longest text kept; a text may exceed `max` by `allowance` before it is cut, so that little is lost for little. */
export interface TextLimit {
  /** UTF-16 units. */
  readonly max: number;
  /** UTF-16 units. */
  readonly allowance: number;
}

/** Limits of event text (https://develop.sentry.dev/sdk/data-model/event-payloads/; ingest sheet 6). */
export const textLimits = {
  name64: { max: 64, allowance: 0 },
  email: { max: 75, allowance: 0 },
  name128: { max: 128, allowance: 0 },
  name200: { max: 200, allowance: 0 },
  name256: { max: 256, allowance: 0 },
  symbol: { max: 512, allowance: 20 },
  exceptionType: { max: 256, allowance: 20 },
  path: { max: 2048, allowance: 40 },
  fragment: { max: 1024, allowance: 100 },
  sourceLine: { max: 512, allowance: 100 },
  message: { max: 8192, allowance: 200 },
} as const satisfies Record<string, TextLimit>;

const ELLIPSIS = "...";

/** True when the text is longer than the limit and its allowance. */
export function exceeds(text: string, limit: TextLimit): boolean {
  return text.length > limit.max + limit.allowance;
}

/**
 * Cuts a text to `maxLength` UTF-16 units, the last three being dots; a shorter text comes back as it is. Never
 * leaves half of a surrogate pair behind.
 */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let end = Math.max(0, maxLength - ELLIPSIS.length);
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return text.slice(0, end) + ELLIPSIS.slice(0, maxLength);
}
