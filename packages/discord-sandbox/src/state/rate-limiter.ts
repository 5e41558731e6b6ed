import { createHash } from "node:crypto";

/** So many calls in a window that starts with its first call. */
export interface WindowLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** The limits the stand-in keeps. */
export interface RateLimits {
  /** Per route and webhook (or channel, for bot calls). Default 5 in 2 s. */
  readonly bucket: WindowLimit;
  /** Messages sent to one channel through webhooks. Default 30 in 60 s. */
  readonly channel: WindowLimit;
  /** All calls of one bot token, or of one address when there is no token. Default 50 in 1 s. */
  readonly global: WindowLimit;
}

/** As observed, not promised: https://github.com/discord/discord-api-docs/issues/6753 */
export const DEFAULT_RATE_LIMITS: RateLimits = {
  bucket: { limit: 5, windowMs: 2_000 },
  channel: { limit: 30, windowMs: 60_000 },
  global: { limit: 50, windowMs: 1_000 },
};

/** One call as the limiter sees it. */
export interface RateLimitedCall {
  /** Method and route pattern; its hash is what Discord calls the bucket. */
  readonly route: string;
  /** The webhook or channel id that separates buckets of one route. */
  readonly major: string;
  /** The channel whose shared limit counts too, when the call posts to it through a webhook. */
  readonly sharedChannel: string | undefined;
  /** Bot token or remote address. */
  readonly caller: string;
}

/** Why and for how long a call is refused. */
export interface RateLimitRefusal {
  readonly retryAfterMs: number;
  readonly scope: "user" | "global" | "shared";
}

/** Headers for the answer, and the refusal if the call may not pass. */
export interface RateLimitVerdict {
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal: RateLimitRefusal | undefined;
}

interface Window {
  used: number;
  resetAtMs: number;
}

const SWEEP_ABOVE = 1_000;

/** Counts calls in fixed windows: one per route and owner, one per channel, one per caller. */
export class RateLimiter {
  readonly #limits: RateLimits;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();

  constructor(limits: RateLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts the call and says whether it passes. A refused call uses nothing up. */
  take(call: RateLimitedCall): RateLimitVerdict {
    const bucket = this.#window(`bucket:${call.route}:${call.major}`, this.#limits.bucket);
    const global = this.#window(`global:${call.caller}`, this.#limits.global);
    const shared = call.sharedChannel && this.#window(`channel:${call.sharedChannel}`, this.#limits.channel);
    const refusal =
      this.#refuse(global, this.#limits.global, "global") ??
      this.#refuse(bucket, this.#limits.bucket, "user") ??
      (shared ? this.#refuse(shared, this.#limits.channel, "shared") : undefined);
    if (!refusal) {
      for (const window of [bucket, global, shared]) if (window) window.used += 1;
    }
    return { headers: this.#headers(bucket, call.route), refusal };
  }

  /** Opens all windows anew. */
  clear(): void {
    this.#windows.clear();
  }

  #window(key: string, limit: WindowLimit): Window {
    const nowMs = this.#now();
    const known = this.#windows.get(key);
    if (known && known.resetAtMs > nowMs) return known;
    if (this.#windows.size > SWEEP_ABOVE) this.#sweep(nowMs);
    const window = { used: 0, resetAtMs: nowMs + limit.windowMs };
    this.#windows.set(key, window);
    return window;
  }

  #sweep(nowMs: number): void {
    for (const [key, { resetAtMs }] of this.#windows) if (resetAtMs <= nowMs) this.#windows.delete(key);
  }

  #refuse(
    window: Window,
    limit: WindowLimit,
    scope: RateLimitRefusal["scope"],
  ): RateLimitRefusal | undefined {
    if (window.used < limit.limit) return undefined;
    return { retryAfterMs: Math.max(1, window.resetAtMs - this.#now()), scope };
  }

  /** https://discord.com/developers/docs/topics/rate-limits#header-format */
  #headers(window: Window, route: string): Record<string, string> {
    const { limit } = this.#limits.bucket;
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(0, limit - window.used)),
      "x-ratelimit-reset": (window.resetAtMs / 1000).toFixed(3),
      "x-ratelimit-reset-after": (Math.max(0, window.resetAtMs - this.#now()) / 1000).toFixed(3),
      "x-ratelimit-bucket": createHash("sha256").update(route).digest("hex").slice(0, 32),
    };
  }
}

/**
 * Headers and body of a 429. `Retry-After` is whole seconds, rounded up; the body is exact.
 * https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit
 */
export function rateLimitAnswer(refusal: RateLimitRefusal): {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly message: string; readonly retry_after: number; readonly global: boolean };
} {
  const global = refusal.scope === "global";
  const seconds = refusal.retryAfterMs / 1000;
  return {
    headers: {
      "retry-after": String(Math.ceil(seconds)),
      "x-ratelimit-scope": refusal.scope,
      ...(global && { "x-ratelimit-global": "true" }),
    },
    body: {
      message:
        refusal.scope === "shared" ? "The resource is being rate limited." : "You are being rate limited.",
      retry_after: Number(seconds.toFixed(3)),
      global,
    },
  };
}
