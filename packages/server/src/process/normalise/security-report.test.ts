import { describe, expect, it } from "vitest";
import { normaliseEvent } from "./normalise-event.js";
import { normalised, RECEIVED_AT, testContext } from "./payload.test-kit.js";
import { securityReportToEvents } from "./security-report.js";

const envelope = {
  header: { sentry_release: "site@1", sentry_environment: "production" },
  receivedAt: RECEIVED_AT,
  clientIp: "203.0.113.7",
  userAgent: "Mozilla/5.0 Firefox/127.0",
};

const eventOf = (report: unknown) => normalised(securityReportToEvents(report, envelope)[0]);

function csp(parts: Record<string, unknown>) {
  return eventOf({ "csp-report": { "document-uri": "https://shop.example/cart?x=1", ...parts } });
}

describe("CSP reports", () => {
  it("become events with the page, the user and the build", () => {
    const event = csp({
      "effective-directive": "img-src",
      "violated-directive": "img-src https://shop.example/ https://cdn.example",
      "blocked-uri": "http://evil.example/a.png?b=c",
      referrer: "https://search.example/",
      "status-code": "200",
    });
    expect(event).toMatchObject({
      type: "csp",
      logger: "csp",
      level: "error",
      release: "site@1",
      environment: "production",
      culprit: "img-src 'self' https://cdn.example",
      logentry: { formatted: "Blocked 'image' from 'evil.example'" },
      user: { ip_address: "203.0.113.7" },
      request: {
        url: "https://shop.example/cart",
        headers: [
          ["User-Agent", "Mozilla/5.0 Firefox/127.0"],
          ["Referer", "https://search.example/"],
        ],
      },
      csp: { effective_directive: "img-src", status_code: 200 },
    });
    expect(Object.fromEntries(event.tags ?? [])).toEqual({
      "effective-directive": "img-src",
      "blocked-uri": "http://evil.example/a.png?b=c",
      "blocked-host": "evil.example",
    });
  });

  it.each([
    ["inline", "script-src 'self'", "Blocked inline script"],
    ["eval", "script-src 'self'", "Blocked unsafe (eval) script"],
    ["", "script-src 'unsafe-inline'", "Blocked unsafe inline script"],
    ["", "script-src 'unsafe-eval'", "Blocked unsafe (eval) script"],
    ["", "style-src https://a.example", "Blocked 'style' from 'self'"],
    ["https://shop.example/x.js", "script-src https://a.example", "Blocked 'script' from 'self'"],
    ["data", "img-src https://a.example", "Blocked 'image' from 'data:'"],
    ["data:image/png;base64,AA", "img-src https://a.example", "Blocked 'image' from 'data:'"],
    ["blob", "worker-src 'self'", "Blocked 'worker' from 'blob:'"],
    ["https://evil.example:8443/x", "connect-src 'self'", "Blocked 'connect' from 'evil.example'"],
  ])("blocking %j under %j say %s", (blocked, violated, message) => {
    expect(csp({ "blocked-uri": blocked, "violated-directive": violated }).logentry?.formatted).toBe(message);
  });

  it("hide the query of a payment provider", () => {
    const event = csp({
      "effective-directive": "frame-src",
      "blocked-uri": "https://api.stripe.com/v1?card=4242",
    });
    expect(Object.fromEntries(event.tags ?? [])["blocked-uri"]).toBe("https://api.stripe.com/v1");
  });

  it.each([
    { "csp-report": { "document-uri": "https://a.example", "effective-directive": "nonsense-src" } },
    { "csp-report": { "effective-directive": "img-src" } },
    { "csp-report": "text" },
    { unknown: 1 },
    "text",
    null,
  ])("are refused when they look like %j", (report) => {
    const [payload] = securityReportToEvents(report, envelope);
    expect(normaliseEvent(payload, testContext()).ok).toBe(false);
  });
});

describe("the Reporting API", () => {
  it("brings several reports of both kinds in one array", () => {
    const reports = [
      {
        type: "csp-violation",
        age: 10,
        url: "https://shop.example/",
        user_agent: "Agent/2",
        body: {
          documentURL: "https://shop.example/",
          effectiveDirective: "script-src-elem",
          blockedURL: "https://evil.example/x.js",
          lineNumber: 3,
          disposition: "report",
        },
      },
      {
        type: "network-error",
        age: 29_000,
        url: "https://shop.example/api",
        user_agent: "Agent/2",
        body: {
          phase: "application",
          type: "http.error",
          status_code: 500,
          method: "GET",
          protocol: "h2",
          server_ip: "192.0.2.1",
          elapsed_time: 120,
          sampling_fraction: 1,
          referrer: "https://shop.example/",
        },
      },
      { type: "deprecation", body: {} },
    ];
    const [first, second, third] = securityReportToEvents(reports, envelope);
    expect(normalised(first)).toMatchObject({
      type: "csp",
      logentry: { formatted: "Blocked 'script' from 'evil.example'" },
      csp: { line_number: 3, disposition: "report" },
      request: { headers: [["User-Agent", "Agent/2"]] },
    });
    const nel = normalised(second);
    expect(nel).toMatchObject({
      type: "nel",
      logger: "nel",
      timestamp: RECEIVED_AT / 1000 - 29,
      logentry: { formatted: "application / http.error (500)" },
      contexts: { nel: { error_type: "http.error", phase: "application", elapsed_time: 120 } },
    });
    expect(Object.fromEntries(nel.tags ?? [])).toEqual({
      method: "GET",
      protocol: "h2",
      status_code: "500",
      server_ip: "192.0.2.1",
    });
    expect(third).toBeNull();
  });
});

describe("certificate reports", () => {
  it.each([
    ["hpkp", { hostname: "a.example", port: 8443, "known-pins": ["p"], "noted-hostname": "a.example" }],
    ["expectct", { "expect-ct-report": { hostname: "a.example", port: "8443", "failure-mode": "enforce" } }],
    ["expectstaple", { "expect-staple-report": { hostname: "a.example", port: 8443 } }],
  ])("become events of type %s", (type, report) => {
    const event = eventOf(report);
    expect(event).toMatchObject({ type, logger: type, request: { url: "https://a.example:8443/" } });
    expect(event.logentry?.formatted).toMatch(/for 'a\.example'$/);
    expect(event).toHaveProperty([type, "hostname"], "a.example");
  });
});
