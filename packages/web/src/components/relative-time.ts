const units = [
  ["y", 31_536_000],
  ["mo", 2_592_000],
  ["w", 604_800],
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
] as const;

/** The page's clock ticks every ten seconds and the server's may be ahead: so much future is still now. */
const clockSlackSeconds = 20;

/**
 * A distance in time as short as it can be said: `now`, `12s`, `5m`, `3h`, `2d`, `6w`, `4mo`, `2y`.
 * Times in the future answer the same distance; a time that cannot be read answers a dash.
 */
export function shortAge(then: number | string, nowMs: number): string {
  const thenMs = typeof then === "number" ? then : Date.parse(then);
  if (Number.isNaN(thenMs)) return "–";
  const passed = Math.round((nowMs - thenMs) / 1_000);
  if (passed > -clockSlackSeconds && passed < 5) return "now";
  const seconds = Math.abs(passed);
  for (const [unit, size] of units) {
    // Weeks only up to nine of them and months from there: `5w` reads better than `1mo`.
    if (unit === "mo" && seconds < 9 * 604_800) continue;
    if (unit === "w" && seconds < 2 * 604_800) continue;
    if (seconds >= size) return `${Math.floor(seconds / size)}${unit}`;
  }
  return `${seconds}s`;
}

/** The same, as part of a sentence: `5m ago`, `in 3h`, `just now`. */
export function ageInWords(then: number | string, nowMs: number): string {
  const age = shortAge(then, nowMs);
  if (age === "now") return "just now";
  if (age === "–") return age;
  const thenMs = typeof then === "number" ? then : Date.parse(then);
  return thenMs > nowMs ? `in ${age}` : `${age} ago`;
}

const precise = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** Date and time to the second in the reader's time zone; a dash when it cannot be read. */
export function preciseTime(then: number | string): string {
  const date = new Date(then);
  return Number.isNaN(date.getTime()) ? "–" : precise.format(date);
}
