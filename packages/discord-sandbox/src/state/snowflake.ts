import { createHash } from "node:crypto";

/** Discord's ids count milliseconds from the first second of 2015: https://discord.com/developers/docs/reference#snowflakes */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const TIMESTAMP_SHIFT = 22n;
const DERIVED_BASE = 1_100_000_000_000_000_000n;
const DERIVED_RANGE = 100_000_000_000_000_000n;

/** Hands out ids which rise with time and never repeat, even for many within one millisecond. */
export class SnowflakeSource {
  #last = 0n;

  /** The next id for something created at `nowMs` (Unix milliseconds); 19 digits. */
  next(nowMs: number): string {
    const candidate = (BigInt(nowMs) - DISCORD_EPOCH_MS) << TIMESTAMP_SHIFT;
    this.#last = candidate > this.#last ? candidate : this.#last + 1n;
    return this.#last.toString();
  }
}

/**
 * An id that depends on the name alone, so that webhook URLs survive a restart.
 * Always 19 digits: @discordjs/rest recognises 17 to 19 digits as an id when it sorts calls into buckets.
 */
export function derivedSnowflake(name: string): string {
  const hash = BigInt(`0x${createHash("sha256").update(name).digest("hex").slice(0, 24)}`);
  return (DERIVED_BASE + (hash % DERIVED_RANGE)).toString();
}

/** A webhook token of 68 characters, as Discord's are, derived from the name alone. It protects nothing. */
export function derivedToken(name: string): string {
  return createHash("sha512").update(`token:${name}`).digest("base64url").slice(0, 68);
}

/** Whether the value reads as a Discord id. */
export function isSnowflake(value: unknown): value is string {
  return typeof value === "string" && /^\d{17,20}$/.test(value);
}
