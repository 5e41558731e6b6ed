import { readUserAgent } from "../normalise/user-agent.js";
import type { UserAgentFacts } from "../normalise/user-agent.js";

/** First major version of each browser that is still supported (ingest sheet 9, default set). */
const FIRST_SUPPORTED: ReadonlyMap<string, number> = new Map([
  ["IE", 10],
  ["Safari", 6],
  ["Opera", 15],
  ["Opera Mini", 8],
  ["Android", 4],
]);

/** True for a user agent of a browser nobody supports any more: IE below 10, Safari below 6 and so on. */
export function isLegacyBrowser(userAgent: string): boolean {
  const facts = readUserAgent((name) => (name === "User-Agent" ? userAgent : undefined));
  const { browser } = facts;
  const first = browser === null ? undefined : FIRST_SUPPORTED.get(browser.name);
  return first !== undefined && majorVersion(facts) < first;
}

/** The Android browser never had a version of its own: the system's is meant. NaN, hence never legacy, when unknown. */
function majorVersion({ browser, os }: UserAgentFacts): number {
  const version = browser?.name === "Android" && os?.name === "Android" ? os.version : browser?.version;
  return Number.parseInt(version ?? "", 10);
}
