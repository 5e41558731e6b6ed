import { hostOf, numberOf, reportEvent, textOf } from "./report-event.js";
import type { Payload, ReportEnvelope } from "./security-report.js";

/** Directives of the CSP levels 1 to 3 and what a violation of each is called (https://www.w3.org/TR/CSP3/). */
const KIND_BY_DIRECTIVE: ReadonlyMap<string, string> = new Map([
  ["base-uri", "base URI"],
  ["block-all-mixed-content", "mixed content"],
  ["child-src", "child"],
  ["connect-src", "connect"],
  ["default-src", "resource"],
  ["fenced-frame-src", "fenced frame"],
  ["font-src", "font"],
  ["form-action", "form action"],
  ["frame-ancestors", "frame ancestor"],
  ["frame-src", "frame"],
  ["img-src", "image"],
  ["manifest-src", "manifest"],
  ["media-src", "media"],
  ["navigate-to", "navigation"],
  ["object-src", "object"],
  ["plugin-types", "plugin"],
  ["prefetch-src", "prefetch"],
  ["referrer", "referrer"],
  ["reflected-xss", "reflected XSS"],
  ["report-to", "report"],
  ["report-uri", "report"],
  ["require-sri-for", "unsigned resource"],
  ["require-trusted-types-for", "trusted type"],
  ["sandbox", "sandbox"],
  ["script-src", "script"],
  ["script-src-attr", "script attribute"],
  ["script-src-elem", "script"],
  ["style-src", "style"],
  ["style-src-attr", "style attribute"],
  ["style-src-elem", "style"],
  ["trusted-types", "trusted type"],
  ["upgrade-insecure-requests", "insecure request"],
  ["worker-src", "worker"],
]);

const SELF = "self";
/** Hosts whose query strings are the visitor's business. */
const STRIPE_HOST = /(?:^|\.)stripe\.com$/;

/**
 * Turns a CSP violation, in the keys of `csp-report` or of the Reporting API, into an event payload of type `csp`.
 * Null when it names no page or no known directive.
 */
export function cspEvent(
  report: Readonly<Record<string, unknown>>,
  envelope: ReportEnvelope,
): Payload | null {
  const csp = readCsp(report);
  if (csp.document_uri === "" || !KIND_BY_DIRECTIVE.has(csp.effective_directive)) return null;
  const blockedHost = hostOf(csp.blocked_uri);
  const parts = {
    type: "csp",
    message: messageOf(csp),
    url: csp.document_uri,
    referrer: csp.referrer,
    culprit: culpritOf(csp),
    tags: {
      "effective-directive": csp.effective_directive,
      "blocked-uri": STRIPE_HOST.test(blockedHost) ? withoutQuery(csp.blocked_uri) : csp.blocked_uri,
      "blocked-host": blockedHost,
    },
  };
  const present = Object.entries(csp).filter(([, value]) => value !== undefined && value !== "");
  return { ...reportEvent(parts, envelope), csp: Object.fromEntries(present) };
}

interface Csp {
  readonly document_uri: string;
  readonly effective_directive: string;
  readonly violated_directive: string;
  readonly blocked_uri: string;
  readonly original_policy: string;
  readonly referrer: string;
  readonly source_file: string;
  readonly script_sample: string;
  readonly disposition: string;
  readonly status_code: number | undefined;
  readonly line_number: number | undefined;
  readonly column_number: number | undefined;
}

function readCsp(report: Readonly<Record<string, unknown>>): Csp {
  const violated = textOf(report, "violated-directive", "violated_directive", "violatedDirective");
  const effective = textOf(report, "effective-directive", "effective_directive", "effectiveDirective");
  return {
    document_uri: textOf(report, "document-uri", "document_uri", "documentURL", "documentURI"),
    effective_directive: firstWord(effective || violated),
    violated_directive: violated,
    blocked_uri: textOf(report, "blocked-uri", "blocked_uri", "blockedURL", "blockedURI") || SELF,
    original_policy: textOf(report, "original-policy", "original_policy", "originalPolicy"),
    referrer: textOf(report, "referrer"),
    source_file: textOf(report, "source-file", "source_file", "sourceFile"),
    script_sample: textOf(report, "script-sample", "script_sample", "sample"),
    disposition: textOf(report, "disposition"),
    status_code: numberOf(report, "status-code", "status_code", "statusCode"),
    line_number: numberOf(report, "line-number", "line_number", "lineNumber"),
    column_number: numberOf(report, "column-number", "column_number", "columnNumber"),
  };
}

function messageOf(csp: Csp): string {
  const kind = KIND_BY_DIRECTIVE.get(csp.effective_directive) ?? "resource";
  if (csp.blocked_uri === "inline") return `Blocked inline ${kind}`;
  if (csp.blocked_uri === "eval" || csp.blocked_uri === "unsafe-eval") return `Blocked unsafe (eval) ${kind}`;
  // Older browsers call an inline or evaluated script the page's own and say which only in the directive.
  if (isOwn(csp)) {
    if (csp.violated_directive.includes("'unsafe-inline'")) return `Blocked unsafe inline ${kind}`;
    if (csp.violated_directive.includes("'unsafe-eval'")) return `Blocked unsafe (eval) ${kind}`;
    return `Blocked '${kind}' from '${SELF}'`;
  }
  const scheme =
    /^([a-z][a-z0-9+.-]*):?$/i.exec(csp.blocked_uri)?.[1] ?? /^(data|blob):/i.exec(csp.blocked_uri)?.[1];
  const from = scheme === undefined ? hostOf(csp.blocked_uri) || csp.blocked_uri : `${scheme.toLowerCase()}:`;
  return `Blocked '${kind}' from '${from}'`;
}

function isOwn(csp: Csp): boolean {
  if (csp.blocked_uri === SELF) return true;
  const host = hostOf(csp.blocked_uri);
  return host !== "" && host === hostOf(csp.document_uri);
}

/** The directive as it was written, the page's own host shortened to `'self'`. */
function culpritOf(csp: Csp): string {
  const [directive = "", ...sources] = csp.violated_directive.split(/\s+/);
  if (directive === "") return csp.effective_directive;
  const host = hostOf(csp.document_uri);
  return [
    directive,
    ...sources.map((source) => (host !== "" && hostOf(source) === host ? "'self'" : source)),
  ].join(" ");
}

function firstWord(text: string): string {
  return text.trim().split(/\s/, 1)[0]?.toLowerCase() ?? "";
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? "";
}
