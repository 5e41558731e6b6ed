import { cleanText } from "./digest.js";
import type { GroupableEvent } from "./event-shape.js";
import { messageKey } from "./message.js";
import type { Verdict } from "./verdict.js";

const SECURITY_TYPES: ReadonlySet<string> = new Set(["csp", "hpkp", "expectct", "expectstaple", "nel"]);

/**
 * Browsers' reports: a policy violation by directive and blocked host, the others by their message.
 * Undefined for ordinary events.
 */
export function groupBySecurityReport(event: GroupableEvent): Verdict | undefined {
  const type = event.type ?? "";
  if (!SECURITY_TYPES.has(type)) return undefined;
  const parts = type === "csp" ? cspParts(event) : undefined;
  const text = messageKey(event.logentry)?.text ?? "";
  const components = parts ?? (text === "" ? undefined : [{ label: "message", value: text }]);
  if (!components) return undefined;
  return {
    basis: "security",
    summary: parts ? "Same policy directive and same blocked host" : "Same kind of browser report",
    components: [{ label: "report", value: type }, ...components],
  };
}

function cspParts(event: GroupableEvent): Verdict["components"] | undefined {
  const report = event.csp;
  const directive = tagOf(event, "effective-directive") || fieldOf(report, "effective_directive");
  if (!directive) return undefined;
  const host = tagOf(event, "blocked-host") || tagOf(event, "blocked-uri") || fieldOf(report, "blocked_uri");
  return [
    { label: "directive", value: cleanText(directive) },
    { label: "blocked host", value: cleanText(hostOf(host)) || "self" },
  ];
}

function tagOf(event: GroupableEvent, key: string): string {
  return event.tags?.find((tag) => tag[0] === key)?.[1] ?? "";
}

function fieldOf(report: unknown, key: string): string {
  if (typeof report !== "object" || report === null) return "";
  const value: unknown = Reflect.get(report, key);
  return typeof value === "string" ? value : "";
}

/** `https://cdn.example.com/x` → `cdn.example.com`; `inline`, `data` and the like stay. */
function hostOf(uri: string): string {
  return (
    /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1] ?? uri.replace(/^(data|blob|filesystem):.*$/i, "$1")
  );
}
