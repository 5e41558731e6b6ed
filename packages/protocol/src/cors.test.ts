import { describe, expect, it } from "vitest";
import { CORS_HEADERS, PREFLIGHT_HEADERS } from "./cors.js";

describe("CORS headers", () => {
  it("expose to browsers what SDKs read from answers", () => {
    expect(CORS_HEADERS).toEqual({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "x-sentry-error, x-sentry-rate-limits, retry-after",
      "cross-origin-resource-policy": "cross-origin",
    });
  });

  it("allow in a preflight every header SDKs and fetch instrumentation send", () => {
    const allowed = PREFLIGHT_HEADERS["access-control-allow-headers"]?.split(", ");
    for (const name of [
      "x-sentry-auth",
      "content-type",
      "authorization",
      "content-encoding",
      "sentry-trace",
      "baggage",
      "traceparent",
    ]) {
      expect(allowed).toContain(name);
    }
    expect(PREFLIGHT_HEADERS["access-control-allow-methods"]).toBe("POST");
    expect(PREFLIGHT_HEADERS["access-control-max-age"]).toBe("3600");
    expect(PREFLIGHT_HEADERS["access-control-allow-origin"]).toBe("*");
  });

  it("cannot be changed by a response", () => {
    expect(Object.isFrozen(CORS_HEADERS) && Object.isFrozen(PREFLIGHT_HEADERS)).toBe(true);
  });
});
