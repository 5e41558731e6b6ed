import { numberOf, reportEvent, textOf } from "./report-event.js";
import type { Payload, ReportEnvelope } from "./security-report.js";

type CertificateReport = "hpkp" | "expectct" | "expectstaple";

const MESSAGES: Readonly<Record<CertificateReport, string>> = {
  hpkp: "Public key pinning validation failed for",
  expectct: "Expect-CT failed for",
  expectstaple: "Expect-Staple failed for",
};

/** Turns an HPKP, Expect-CT or Expect-Staple report into an event payload; null when it names no host. */
export function certificateEvent(
  type: CertificateReport,
  report: Readonly<Record<string, unknown>>,
  envelope: ReportEnvelope,
): Payload | null {
  const hostname = textOf(report, "hostname");
  if (hostname === "") return null;
  const port = numberOf(report, "port");
  const parts = {
    type,
    message: `${MESSAGES[type]} '${hostname}'`,
    url: `https://${hostname}${port === undefined || port === 443 ? "" : `:${port}`}/`,
    tags: { hostname, port: port === undefined ? "" : String(port) },
  };
  const underscored = Object.entries(report).map(
    ([key, value]) => [key.replaceAll("-", "_"), value] as const,
  );
  return { ...reportEvent(parts, envelope), [type]: Object.fromEntries(underscored) };
}
