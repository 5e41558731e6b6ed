/** Request headers a browser may send: those SDKs use, and those fetch instrumentation adds to every request. */
const ALLOWED_REQUEST_HEADERS = [
  "x-sentry-auth",
  "x-requested-with",
  "x-forwarded-for",
  "origin",
  "referer",
  "accept",
  "content-type",
  "authentication",
  "authorization",
  "content-encoding",
  "transfer-encoding",
  "sentry-trace",
  "baggage",
  "traceparent",
] as const;

/**
 * Headers of every ingest response. Without the exposed ones browser SDKs cannot see rate limits; the origin
 * stays `*` because allowed domains are a data rule, checked after authentication
 * (https://github.com/getsentry/relay, relay-server/src/middlewares/cors.rs).
 */
export const CORS_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-sentry-error, x-sentry-rate-limits, retry-after",
  "cross-origin-resource-policy": "cross-origin",
});

/** Headers of the answer to a preflight (OPTIONS), which needs no authentication. Lasts an hour. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  ...CORS_HEADERS,
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": ALLOWED_REQUEST_HEADERS.join(", "),
  "access-control-max-age": "3600",
});
