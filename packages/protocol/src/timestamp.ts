/** First second of the year 10000: later values are a unit mistake (milliseconds sent as seconds), not a date. */
const MAX_SECONDS = 253_402_300_800;

const NUMERIC = /^\d+(?:\.\d*)?$/;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d*))?)?)? ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;

/** Longest text looked at; every ISO form seen on the wire is under 40 characters. */
const MAX_TEXT_LENGTH = 64;

/**
 * Reads a time as SDKs send it and returns milliseconds since 1970, microseconds kept as the fraction.
 *
 * Accepts seconds as a number or numeric text, and ISO 8601 with a `T` or a space, any number of fraction
 * digits and any offset; a time without zone is UTC. Returns null for everything else: negative times, times
 * after the year 9999, days that do not exist, non-strings.
 */
export function parseTimestamp(value: unknown): number | null {
  if (typeof value === "number") return fromSeconds(value);
  if (typeof value !== "string" || value.length > MAX_TEXT_LENGTH) return null;
  const text = value.trim();
  return NUMERIC.test(text) ? fromSeconds(Number(text)) : fromIso(text);
}

function fromSeconds(seconds: number): number | null {
  if (!(seconds >= 0 && seconds < MAX_SECONDS)) return null;
  // The fraction apart, for microseconds since 1970 outgrow what a number holds exactly in the year 2255.
  const whole = Math.floor(seconds);
  return whole * 1000 + Math.round((seconds - whole) * 1e6) / 1000;
}

function fromIso(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = match;
  const dayMs = dayStartMs(Number(year), Number(month), Number(day));
  const offsetMinutes = zoneMinutes(zone);
  // Second 60 is a leap second; it counts as the first second of the next minute.
  if (
    dayMs === null ||
    offsetMinutes === null ||
    Number(hour) > 23 ||
    Number(minute) > 59 ||
    Number(second) > 60
  ) {
    return null;
  }
  const wholeMs = dayMs + ((Number(hour) * 60 + Number(minute) - offsetMinutes) * 60 + Number(second)) * 1000;
  const micros = Math.round(Number(`0.${fraction}`) * 1e6);
  const ms = wholeMs + micros / 1000;
  return ms >= 0 && ms < MAX_SECONDS * 1000 ? ms : null;
}

function dayStartMs(year: number, month: number, day: number): number | null {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : null;
}

function zoneMinutes(zone: string): number | null {
  const sign = zone[0];
  if (sign !== "+" && sign !== "-") return 0;
  const digits = zone.slice(1).replace(":", "");
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2, 4));
  if (hours > 23 || minutes > 59) return null;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}
