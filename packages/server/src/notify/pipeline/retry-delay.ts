const second = 1_000;
const minute = 60 * second;
const delaysMs = [second, 2 * second, 5 * second, 15 * second, minute, 5 * minute, 15 * minute];
/** Longer would only make the first alert after an outage late. */
const longestMs = 30 * minute;
const giveUpAfterMs = 24 * 60 * minute;
/** A notification sent again by hand after days gets its tries as well. */
const fewestAttempts = 12;

/**
 * How long to wait after an attempt that failed: 1 s, 2 s, 5 s, 15 s, 1 m, 5 m, 15 m, then every 30 m, each a fifth longer
 * or shorter, so that many do not come back at once. Null after 24 hours: then it has failed.
 *
 * @param attempts made so far, at least 1
 * @param ageMs since the notification was written
 * @param random from 0 to 1
 */
export function retryDelayMs(attempts: number, ageMs: number, random: number): number | null {
  if (ageMs >= giveUpAfterMs && attempts >= fewestAttempts) return null;
  const delayMs = delaysMs[attempts - 1] ?? longestMs;
  return Math.round(delayMs * (0.8 + 0.4 * random));
}
