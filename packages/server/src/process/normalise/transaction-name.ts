/** A transaction's name, where it comes from, and what it was before ids were taken out. */
export interface TransactionName {
  readonly name: string;
  readonly source: string;
  readonly original?: string;
}

/** SDKs known to send raw URLs as names when they say no source (ingest sheet 6.17). */
const RAW_URL_SDK =
  /\.javascript\.(?:angular|browser|ember|gatsby|react|remix|vue|nextjs)\b|^sentry\.php\.(?:laravel|symfony)\b/;

/** Whole path segments which name one thing among many. */
const VARIABLE_SEGMENT = new RegExp(
  [
    "[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", // UUID, and the 32 characters of an MD5
    "[0-9a-f]{40}", // SHA-1
    "0x[0-9a-f]+",
    String.raw`\d{4}-\d{2}-\d{2}(?:[t_ ].*)?`,
    String.raw`[^/]*\d{2,}[^/]*`,
  ]
    .map((segment) => `(?:${segment})`)
    .join("|"),
  "i",
);

/**
 * Takes ids, hashes, dates and numbers of two and more digits out of a name that is a raw URL path, each segment
 * becoming `*` (ingest sheet 6.17). Other names stay; a missing source becomes `unknown`.
 */
export function sanitiseTransactionName(
  name: string,
  source: string | undefined,
  sdkName: string,
): TransactionName {
  const isRaw =
    source === "url" ||
    source === "sanitized" ||
    (source === undefined && name.includes("/") && RAW_URL_SDK.test(sdkName));
  const clean = isRaw ? name.split("/").map(cleanSegment).join("/") : name;
  if (clean === name) return { name, source: source ?? "unknown" };
  return { name: clean, source: "sanitized", original: name };
}

function cleanSegment(segment: string): string {
  const match = VARIABLE_SEGMENT.exec(segment);
  return match !== null && match[0].length === segment.length ? "*" : segment;
}
