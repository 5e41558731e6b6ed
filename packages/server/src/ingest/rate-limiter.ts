import type { RateLimit } from "@vedette/protocol";
import type { KnownKey } from "./project-keys.js";

const minuteMs = 60_000;

/** A key's limit is a limit of events: these categories draw on it together, others pass (as with Sentry's keys). */
const keyCategories = ["default", "error", "security"] as const;
const keyCategorySet: ReadonlySet<string> = new Set(keyCategories);

interface Window {
  startedAt: number;
  used: number;
}

/**
 * Counts accepted items in fixed windows: events per key, items per project and minute. The counts are in memory and
 * per process: several ingest processes let through as many times the limit, and a restart begins a new count.
 */
export class RateLimiter {
  readonly #keys = new Map<string, Window>();
  readonly #projects = new Map<number, Window>();

  /**
   * Counts one item, unless a limit is used up.
   *
   * @param categories what the item counts for; an item that counts for nothing is never limited
   * @param now milliseconds since 1970
   * @returns the limit that was hit, in the form the sender is told; null when the item may pass
   */
  take(key: KnownKey, categories: readonly string[], now: number): RateLimit | null {
    if (categories.length === 0) return null;
    const keyLimit = categories.some((category) => keyCategorySet.has(category)) ? key.keyLimit : null;
    const forKey = keyLimit && currentWindow(this.#keys, key.publicKey, { now, windowMs: keyLimit.windowMs });
    if (keyLimit && forKey && forKey.used >= keyLimit.count) {
      return limitUntil(forKey.startedAt + keyLimit.windowMs - now, "key");
    }
    const perMinute = key.itemsPerMinute;
    const forProject =
      perMinute === null ? null : currentWindow(this.#projects, key.projectId, { now, windowMs: minuteMs });
    if (perMinute !== null && forProject && forProject.used >= perMinute) {
      return limitUntil(forProject.startedAt + minuteMs - now, "project");
    }
    if (forKey) forKey.used += 1;
    if (forProject) forProject.used += 1;
    return null;
  }
}

function currentWindow<Id>(
  windows: Map<Id, Window>,
  id: Id,
  { now, windowMs }: { now: number; windowMs: number },
): Window {
  const startedAt = Math.floor(now / windowMs) * windowMs;
  const known = windows.get(id);
  if (known?.startedAt === startedAt) return known;
  const fresh = { startedAt, used: 0 };
  windows.set(id, fresh);
  return fresh;
}

function limitUntil(leftMs: number, scope: "key" | "project"): RateLimit {
  return {
    retryAfterSeconds: Math.max(leftMs / 1_000, 1),
    categories: scope === "key" ? keyCategories : [],
    scope,
    reasonCode: scope === "key" ? "key_quota" : "project_quota",
  };
}
