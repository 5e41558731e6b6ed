const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat("en");

/** A count in little room: `958`, `12.4K`, `3M`. Accepts the API's decimal strings. */
export function shortCount(count: number | string): string {
  return compact.format(Number(count)).toLowerCase();
}

/** A count with thousands separators. */
export function fullCount(count: number | string): string {
  return plain.format(Number(count));
}

/** A size in bytes for people: `512 B`, `3.4 KB`, `12 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ["KB", "MB", "GB"] as const;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power - 1]}`;
}
