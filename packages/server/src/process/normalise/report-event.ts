import type { Payload, ReportEnvelope } from "./security-report.js";

/** The parts by which one kind of report differs from another. */
export interface ReportParts {
  readonly type: string;
  readonly message: string;
  /** Address of the page or resource. */
  readonly url: string | undefined;
  readonly referrer?: string | undefined;
  readonly culprit?: string | undefined;
  /** Empty values are left out. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The payload which all browser reports have in common: their user and request, and a logger of their type's name. */
export function reportEvent(parts: ReportParts, envelope: ReportEnvelope): Payload {
  const headers: [string, string][] = [];
  if (envelope.userAgent !== "") headers.push(["User-Agent", envelope.userAgent]);
  if (parts.referrer !== undefined && parts.referrer !== "") headers.push(["Referer", parts.referrer]);
  return {
    type: parts.type,
    logger: parts.type,
    level: "error",
    platform: "other",
    logentry: { formatted: parts.message },
    ...(parts.culprit === undefined || parts.culprit === "" ? {} : { culprit: parts.culprit }),
    request: { url: parts.url, headers },
    user: { ip_address: envelope.clientIp },
    tags: Object.entries(parts.tags).filter(([, value]) => value !== ""),
  };
}

/** First of several fields which holds text or a number, as text; empty when none does. */
export function textOf(report: Readonly<Record<string, unknown>>, ...keys: readonly string[]): string {
  for (const key of keys) {
    const value = report[key];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return "";
}

/** First of several fields which holds a whole number, also as text; undefined when none does. */
export function numberOf(
  report: Readonly<Record<string, unknown>>,
  ...keys: readonly string[]
): number | undefined {
  for (const key of keys) {
    const value = report[key];
    const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
  }
  return undefined;
}

/** Host of a URL, or of a bare host with a port; empty when there is none. */
export function hostOf(url: string): string {
  return (
    /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^@/?#]*@)?([^/?#:]+|\[[^\]]+\])/i.exec(url)?.[1]?.toLowerCase() ?? ""
  );
}
