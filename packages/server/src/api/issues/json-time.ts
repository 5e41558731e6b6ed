/** Latest moment a date can name; times of events may lie beyond by mistake. */
const maxMs = 8_640_000_000_000_000;

/** `2026-01-31T10:00:00.000Z`: clients check the form strictly (web API sheet 1). */
export function isoTime(ms: number): string {
  return new Date(Math.max(-maxMs, Math.min(maxMs, Math.round(ms)))).toISOString();
}

/** The same, null kept. */
export function isoTimeOrNull(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : isoTime(ms);
}
