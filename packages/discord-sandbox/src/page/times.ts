const SECOND = 1;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", SECOND],
];
const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** "5 minutes ago" for a time in Unix seconds, seen at `nowMs`. */
export function relativeTime(seconds: number, nowMs: number): string {
  const distance = seconds - Math.round(nowMs / 1000);
  const [unit, size] = UNITS.find(([, each]) => Math.abs(distance) >= each) ?? ["second", SECOND];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(distance / size), unit);
}

/** A time in one of Discord's styles other than relative; "Invalid Date" for one no calendar has. */
export function formatTime(seconds: number, style: string): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "Invalid Date";
  return new Intl.DateTimeFormat("en-GB", STYLES[style] ?? STYLES["f"]).format(date);
}

/** The time beside a message's author: today's hour, or date and hour. */
export function messageTime(iso: string, nowMs: number): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date(nowMs).toDateString();
  return formatTime(date.getTime() / 1000, "t").replace(
    /^/,
    isToday ? "Today at " : `${formatTime(date.getTime() / 1000, "d")} `,
  );
}
