import type { Breadcrumb } from "../../api/events.js";

/** Where SDKs put what a request was: names of today first, then older ones. */
const methodKeys = ["http.request.method", "method"];
const statusKeys = ["http.response.status_code", "status_code"];
const addressKey = "url";

/** What a breadcrumb says in one line, and the data that is left to show below it. */
export interface CrumbHeadline {
  /** Null when the breadcrumb has neither a message nor a request. */
  readonly text: string | null;
  readonly rest: unknown;
}

/** The message; for a request without one `GET https://… → 500`, whose parts then need not be told twice. */
export function crumbHeadline({ message, data }: Breadcrumb): CrumbHeadline {
  if (message) return { text: message, rest: data };
  if (typeof data !== "object" || data === null) return { text: null, rest: data };
  const fields: Readonly<Record<string, unknown>> = { ...data };
  const address = fields[addressKey];
  if (typeof address !== "string" || address === "") return { text: null, rest: data };
  const text = (keys: readonly string[]) => keys.map((key) => fields[key]).find(isPlain);
  const status = text(statusKeys);
  const parts = [text(methodKeys), address, status === undefined ? undefined : `→ ${status}`];
  const told = new Set([...methodKeys, ...statusKeys, addressKey]);
  return {
    text: parts.filter((part) => part !== undefined).join(" "),
    rest: Object.fromEntries(Object.entries(fields).filter(([key]) => !told.has(key))),
  };
}

function isPlain(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
