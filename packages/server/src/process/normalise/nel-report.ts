import { isRecord } from "@vedette/protocol";
import { numberOf, reportEvent, textOf } from "./report-event.js";
import type { Payload, ReportEnvelope } from "./security-report.js";

/**
 * Turns one network error report (https://www.w3.org/TR/network-error-logging/) into an event payload of type
 * `nel`, dated by its age. Null when it says neither phase nor type.
 */
export function nelEvent(
  report: Readonly<Record<string, unknown>>,
  envelope: ReportEnvelope,
): Payload | null {
  const body = isRecord(report["body"]) ? report["body"] : {};
  const phase = textOf(body, "phase");
  const kind = textOf(body, "type");
  if (phase === "" && kind === "") return null;
  const status = numberOf(body, "status_code");
  const hasStatus = status !== undefined && status > 0;
  const ageMs = Math.max(0, numberOf(report, "age") ?? 0);
  const parts = {
    type: "nel",
    message: `${phase} / ${kind}${hasStatus ? ` (${status})` : ""}`,
    url: textOf(report, "url") || undefined,
    referrer: textOf(body, "referrer"),
    tags: {
      method: textOf(body, "method"),
      protocol: textOf(body, "protocol"),
      status_code: hasStatus ? String(status) : "",
      server_ip: textOf(body, "server_ip"),
    },
  };
  return {
    ...reportEvent(parts, envelope),
    timestamp: Math.max(0, envelope.receivedAt - ageMs) / 1000,
    contexts: {
      nel: {
        error_type: kind,
        phase,
        elapsed_time: numberOf(body, "elapsed_time"),
        sampling_fraction: numberOf(body, "sampling_fraction"),
        server_ip: textOf(body, "server_ip"),
      },
    },
  };
}
