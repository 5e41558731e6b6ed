import { isDataCategory, lookedUpNames } from "./category.js";

/** Longest pause told to SDKs, in seconds, so that a raised quota takes effect soon (the cap Relay uses). */
export const MAX_RETRY_AFTER_SECONDS = 300;

export interface RateLimit {
  /** Seconds from now; rounded up and capped when written. Zero or less means the limit is over. */
  readonly retryAfterSeconds: number;
  /** Category names; empty means everything. */
  readonly categories: readonly string[];
  /** Who is limited. SDKs ignore it, people reading the header do not. */
  readonly scope: "organization" | "project" | "key";
  /** Short token that says which limit; anything but word characters, dots and dashes is written as `_`. */
  readonly reasonCode?: string | undefined;
  /** Only with `metric_bucket`. */
  readonly namespaces?: readonly string[] | undefined;
}

/**
 * Writes the one `X-Sentry-Rate-Limits` line for all limits; empty text when none is active.
 *
 * One line because the Node transport reads only the first of several. Category names are widened to those SDKs
 * look up (https://develop.sentry.dev/sdk/foundations/transport/rate-limiting/).
 */
export function formatRateLimits(limits: readonly RateLimit[]): string {
  return limits.filter(isActive).map(formatQuota).join(", ");
}

/** Value for `Retry-After`: whole seconds of the longest active limit, capped; 0 when none is active. */
export function retryAfterOf(limits: readonly RateLimit[]): number {
  return limits.filter(isActive).reduce((longest, limit) => Math.max(longest, wholeSeconds(limit)), 0);
}

/**
 * Reads an `X-Sentry-Rate-Limits` header as an SDK would: parts without whole seconds or without categories are
 * passed over, an unknown scope counts as `organization`. Never fails; a foreign header gives an empty list.
 */
export function parseRateLimits(header: string): readonly RateLimit[] {
  return header.split(",").flatMap((quota) => parseQuota(quota.trim()));
}

function isActive(limit: RateLimit): boolean {
  return limit.retryAfterSeconds > 0;
}

function wholeSeconds(limit: RateLimit): number {
  return Math.min(Math.ceil(limit.retryAfterSeconds), MAX_RETRY_AFTER_SECONDS);
}

function formatQuota(limit: RateLimit): string {
  const names = limit.categories.flatMap((name) =>
    isDataCategory(name) ? lookedUpNames(name) : [token(name)],
  );
  const parts = [String(wholeSeconds(limit)), [...new Set(names)].join(";"), limit.scope];
  const namespaces = limit.namespaces ?? [];
  if (limit.reasonCode !== undefined || namespaces.length > 0) parts.push(token(limit.reasonCode ?? ""));
  if (namespaces.length > 0) parts.push(namespaces.map(token).join(";"));
  return parts.join(":");
}

/** Keeps separators and line ends out of the header. */
function token(text: string): string {
  return text.replaceAll(/[^\w.-]/g, "_");
}

function parseQuota(quota: string): readonly RateLimit[] {
  const [seconds = "", categories, scope = "", reasonCode = "", namespaces = ""] = quota.split(":");
  if (!/^\d{1,9}$/.test(seconds) || categories === undefined) return [];
  return [
    {
      retryAfterSeconds: Number(seconds),
      categories: splitNames(categories),
      scope: scope === "project" || scope === "key" ? scope : "organization",
      ...(reasonCode === "" ? {} : { reasonCode }),
      ...(namespaces === "" ? {} : { namespaces: splitNames(namespaces) }),
    },
  ];
}

function splitNames(text: string): readonly string[] {
  return text
    .split(";")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
