import type { Posted } from "./post.js";

const mostQuoted = 400;

/**
 * What is wrong with an answer, for a test's message: another status than the given ones (any below 500 when none are
 * given), a refusal that is not JSON with a `detail`, or one that shows the server's inside. Null when it is right.
 */
export function problemOf(what: string, answer: Posted, statuses?: readonly number[]): string | null {
  const { status, headers, text } = answer;
  const told = `${what.slice(0, mostQuoted)}: ${status} ${text.slice(0, mostQuoted)}`;
  if (statuses ? !statuses.includes(status) : status >= 500) return told;
  if (status < 400) return null;
  if (headers["content-type"]?.includes("application/json") !== true) return `not JSON: ${told}`;
  if (/\.(ts|js):\d+|node_modules|SQLITE|Exception:/.test(text)) return `shows the inside: ${told}`;
  const { detail } = JSON.parse(text) as { detail?: unknown };
  return typeof detail === "string" ? null : `without detail: ${told}`;
}
