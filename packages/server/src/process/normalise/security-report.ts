import { isRecord } from "@vedette/protocol";
import { cspEvent } from "./csp-report.js";
import { nelEvent } from "./nel-report.js";
import { certificateEvent } from "./certificate-report.js";

/** What came with a browser report. Fits the queue's item. */
export interface ReportEnvelope {
  /** Item header; `sentry_release` and `sentry_environment` are read. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly clientIp: string;
  readonly userAgent: string;
}

/** Reports read from one array; browsers batch a few. */
const MAX_REPORTS = 100;

/** Turns the body of one kind of report into an event payload; null when it is no such report. */
type ReportReader = (report: Readonly<Record<string, unknown>>, envelope: ReportEnvelope) => Payload | null;

/** An event payload for `normaliseEvent`. */
export type Payload = Readonly<Record<string, unknown>>;

/** Legacy reports: one object whose only key says what it is. */
const LEGACY_READERS: readonly (readonly [string, ReportReader])[] = [
  ["csp-report", cspEvent],
  ["expect-ct-report", (report, envelope) => certificateEvent("expectct", report, envelope)],
  ["expect-staple-report", (report, envelope) => certificateEvent("expectstaple", report, envelope)],
];

/**
 * Turns what a browser posts to `/security/` or `/nel/` into event payloads (ingest sheet 5.18, 5.19): a CSP, HPKP,
 * Expect-CT or Expect-Staple report, or one or many reports of the Reporting API (`csp-violation`, `network-error`).
 *
 * @returns one payload per report, in order. What is no known report comes back as null, which `normaliseEvent`
 *   refuses, so that it is counted as invalid.
 */
export function securityReportToEvents(
  payload: unknown,
  envelope: ReportEnvelope,
): readonly (Payload | null)[] {
  const reports: readonly unknown[] = Array.isArray(payload) ? payload.slice(0, MAX_REPORTS) : [payload];
  return reports.map((report) => {
    const event = isRecord(report) ? readReport(report, envelope) : null;
    return event === null ? null : { ...event, ...buildOf(envelope.header) };
  });
}

function readReport(report: Record<string, unknown>, envelope: ReportEnvelope): Payload | null {
  for (const [key, read] of LEGACY_READERS) {
    const body = report[key];
    if (isRecord(body)) return read(body, envelope);
  }
  if (isRecord(report["body"])) {
    if (report["type"] === "csp-violation") return cspEvent(report["body"], agentOf(report, envelope));
    if (report["type"] === "network-error") return nelEvent(report, agentOf(report, envelope));
  }
  return "known-pins" in report || "noted-hostname" in report
    ? certificateEvent("hpkp", report, envelope)
    : null;
}

/** The Reporting API tells the agent in the report, for it may be sent later by another program. */
function agentOf(report: Record<string, unknown>, envelope: ReportEnvelope): ReportEnvelope {
  const agent = report["user_agent"];
  return typeof agent === "string" && agent !== "" ? { ...envelope, userAgent: agent } : envelope;
}

function buildOf(header: ReportEnvelope["header"]): Payload {
  const { sentry_release: release, sentry_environment: environment } = header;
  return {
    ...(release === undefined ? {} : { release }),
    ...(environment === undefined ? {} : { environment }),
  };
}
