import type { RequestData } from "../../api/events.js";

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Headers curl works out by itself, or that would be wrong when sent again. */
const ownHeaders = new Set(["host", "content-length", "connection", "accept-encoding"]);

/** The request as a curl command, quoted so that pasting it into a shell runs nothing else. Null without an address. */
export function curlCommand(request: RequestData): string | null {
  if (!request.url || !/^https?:\/\//i.test(request.url)) return null;
  const method = /^[A-Z]{1,20}$/.test(request.method ?? "") ? (request.method ?? "GET") : "GET";
  const parts = [`curl -X ${method} ${quote(addressOf(request))}`];
  for (const [name, value] of request.headers ?? []) {
    if (!ownHeaders.has(name.toLowerCase())) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  }
  const { data } = request;
  if (data !== null && data !== undefined && data !== "") {
    parts.push(`--data-raw ${quote(typeof data === "string" ? data : JSON.stringify(data))}`);
  }
  return parts.join(" \\\n  ");
}

/** The address with its query string. */
function addressOf({ url, query }: RequestData): string {
  const address = url ?? "";
  if (!query || query.length === 0 || address.includes("?")) return address;
  const text =
    typeof query === "string"
      ? query
      : new URLSearchParams(query.map(([key, value]) => [key, value])).toString();
  return `${address}?${text}`;
}
