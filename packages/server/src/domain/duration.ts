const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Parses `30s`, `5m`, `1h`, `14d`, `2w` into milliseconds; null when the text is none of these. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,6})\s*([smhdw])$/.exec(text.trim());
  if (!match) return null;
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}

/** Writes milliseconds as the largest whole unit: 3,600,000 is `1h`, 90,000 is `90s`. */
export function formatDuration(durationMs: number): string {
  for (const unit of ["w", "d", "h", "m"] as const) {
    if (durationMs >= unitMs[unit] && durationMs % unitMs[unit] === 0)
      return `${durationMs / unitMs[unit]}${unit}`;
  }
  return `${Math.round(durationMs / 1_000)}s`;
}
