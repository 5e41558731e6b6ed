import { describe, expect, it } from "vitest";
import { defaultProjectSettings } from "../../domain/project-settings.js";
import { normalised, RECEIVED_AT, testContext } from "../normalise/payload.test-kit.js";
import { filterEvent } from "./filter-event.js";
import type { FilterSettings } from "./filter-event.js";

const nothing: FilterSettings = {
  browserExtensions: false,
  legacyBrowsers: false,
  localhost: false,
  webCrawlers: false,
  healthChecks: false,
  chunkLoadErrors: false,
  hydrationErrors: false,
  ipAddresses: [],
  releases: [],
  errorMessages: [],
};

function filtered(payload: unknown, settings: Partial<FilterSettings>, context = testContext()) {
  return filterEvent(normalised(payload), context, { ...nothing, ...settings });
}

const exception = (value: string, type = "Error", absPath?: string) => ({
  exception: [
    { type, value, stacktrace: absPath === undefined ? undefined : { frames: [{ abs_path: absPath }] } },
  ],
});
const agent = (userAgent: string) => ({ request: { headers: { "User-Agent": userAgent } } });

describe("filterEvent", () => {
  it("keeps an ordinary event under the default settings", () => {
    expect(
      filterEvent(normalised(exception("x is undefined")), testContext(), defaultProjectSettings.filters),
    ).toBeNull();
  });

  it("filters by the sender's address", () => {
    const settings = { ipAddresses: ["203.0.113.0/24"] };
    expect(filtered({}, settings)).toBe("ip-address");
    expect(filtered({}, settings, testContext({ clientIp: "198.51.100.1" }))).toBeNull();
  });

  it("filters by release", () => {
    expect(filtered({ release: "shop@1.2.3" }, { releases: ["shop@1.*"] })).toBe("release-version");
    expect(filtered({ release: "shop@2.0" }, { releases: ["shop@1.*"] })).toBeNull();
    expect(filtered({}, { releases: ["*"] })).toBeNull();
  });

  it.each([
    [exception("ResizeObserver loop limit exceeded"), "error: resizeobserver*", "error-message"],
    [{ exception: [{ type: "OnlyType" }] }, "onlytype", "error-message"],
    [{ exception: [{ value: "only value" }] }, "only*", "error-message"],
    [{ message: "connection reset by peer" }, "*RESET*", "error-message"],
    [{ logentry: { message: "user %s left", params: ["ann"] } }, "user %s left", "error-message"],
    [{ message: "fine" }, "*reset*", null],
  ])("filters %j by the message %s: %s", (payload, pattern, expected) => {
    expect(filtered(payload, { errorMessages: [pattern] })).toBe(expected);
  });

  it.each([
    [exception("Extension context invalidated."), "browser-extensions"],
    [exception("Can't find variable: ZITEREADER"), "browser-extensions"],
    [exception("x", "Error", "chrome-extension://abc/x.js"), "browser-extensions"],
    [exception("x", "Error", "moz-extension://abc/x.js"), "browser-extensions"],
    [exception("x", "Error", "safari-web-extension://abc/x.js"), "browser-extensions"],
    [exception("x", "Error", "https://connect.facebook.net/sdk.js"), "browser-extensions"],
    [exception("x", "Error", "https://shop.example/x.js"), null],
    [
      {
        exception: [
          {
            type: "E",
            stacktrace: { frames: [{ abs_path: "chrome-extension://a/b.js" }, { abs_path: "<anonymous>" }] },
          },
        ],
      },
      "browser-extensions",
    ],
    [{ message: "Extension context invalidated" }, null],
  ])("judges %j as an extension: %s", (payload, expected) => {
    expect(filtered(payload, { browserExtensions: true })).toBe(expected);
    expect(filtered(payload, {})).toBeNull();
  });

  it.each([
    ["Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)", true],
    ["Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", false],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_6_8) AppleWebKit/534.50 (KHTML, like Gecko) Version/5.1 Safari/534.50",
      true,
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
      false,
    ],
    ["Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.16", true],
    ["Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10", true],
    [
      "Mozilla/5.0 (Linux; U; Android 2.3.6; en-us; Nexus S Build/GRK39F) AppleWebKit/533.1 (KHTML, like Gecko) Version/4.0 Mobile Safari/533.1",
      true,
    ],
    [
      "Mozilla/5.0 (Linux; U; Android 4.4; en-us; Nexus 5) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
      false,
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
      false,
    ],
    ["curl/8.0", false],
  ])("judges %s as legacy: %s", (userAgent, expected) => {
    expect(filtered(agent(userAgent), { legacyBrowsers: true })).toBe(expected ? "legacy-browsers" : null);
  });

  it.each([
    ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true],
    ["Mozilla/5.0 (compatible; bingbot/2.0)", true],
    ["facebookexternalhit/1.1", true],
    ["SomeBot/1.0", true],
    ["myspider;", true],
    ["Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", true],
    ["Slackbot 1.0(+https://api.slack.com/robots)", false],
    ["Pingdom.com_bot_version_1.4", true],
    ["Better Uptime Bot Mozilla/5.0", true],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", false],
    ["Robotics App 1", false],
  ])("judges %s as a crawler: %s", (userAgent, expected) => {
    expect(filtered(agent(userAgent), { webCrawlers: true })).toBe(expected ? "web-crawlers" : null);
  });

  it("asks the sender's agent when a browser event names none", () => {
    const context = testContext({ userAgent: "Googlebot/2.1" });
    expect(filtered({ platform: "javascript" }, { webCrawlers: true }, context)).toBe("web-crawlers");
    expect(filtered({ platform: "python" }, { webCrawlers: true }, context)).toBeNull();
  });

  it.each([
    [{ user: { ip_address: "127.0.0.1" } }, true],
    [{ user: { ip_address: "::1" } }, true],
    [{ request: { url: "http://localhost:3000/a" } }, true],
    [{ request: { url: "http://app.localhost/" } }, true],
    [{ request: { url: "http://user@127.0.0.1/" } }, true],
    [{ request: { url: "file:///tmp/index.html" } }, true],
    [{ request: { url: "https://localhost.example/" } }, false],
    [{ request: { url: "https://shop.example/", headers: { Host: "localhost" } } }, false],
    [{ request: { headers: { Host: "localhost:8000" } } }, true],
    [{ request: { headers: { "X-Forwarded-Host": "127.0.0.1, proxy" } } }, true],
    [{ user: { ip_address: "192.0.2.1" } }, false],
    [{}, false],
  ])("judges %j as local: %s", (payload, expected) => {
    expect(filtered(payload, { localhost: true })).toBe(expected ? "localhost" : null);
  });

  it.each([
    ["GET /healthcheck/deep", true],
    ["heartbeat", true],
    ["GET /health", true],
    ["/Healthz", true],
    ["/api/live", true],
    ["/readyz", true],
    ["/ping", true],
    ["/pingpong", false],
    ["/api/orders", false],
  ])("judges the transaction %s as a health check: %s", (transaction, expected) => {
    const seconds = RECEIVED_AT / 1000;
    const trace = { trace_id: "4c79f60c11214eb38604f4ae0781bfb2", span_id: "fa90fdead5f74052" };
    const payload = {
      type: "transaction",
      transaction,
      start_timestamp: seconds - 1,
      timestamp: seconds,
      contexts: { trace },
    };
    expect(filtered(payload, { healthChecks: true })).toBe(expected ? "filtered-transaction" : null);
    expect(filtered({ transaction, message: "an error all the same" }, { healthChecks: true })).toBeNull();
  });

  it.each([
    [exception("Loading chunk 12 failed.", "ChunkLoadError"), true],
    [exception("ChunkLoadError: Loading chunk 3 failed", "Unhandled Uncaught Error"), true],
    [exception("Failed to load chunk /_next/x.js", "Anything"), true],
    [exception("Uncaught (in promise): ChunkLoadError: Loading", "Error"), true],
    [exception("Loading chunk 12 failed.", "TypeError"), false],
  ])("judges %j as a chunk load error: %s", (payload, expected) => {
    expect(filtered(payload, { chunkLoadErrors: true })).toBe(expected ? "chunk-load-error" : null);
  });

  it.each([
    ["Minified React error #418; visit https://reactjs.org/docs/error-decoder.html?invariant=418 for", true],
    ["Minified React error #423; visit https://react.dev/errors/423?args[]= for the full message", true],
    ["Minified React error #425; visit https://react.dev/errors/425", true],
    ["Minified React error #31; visit https://react.dev/errors/31", false],
    ["Minified React error #4180; visit https://react.dev/errors/4180", false],
    ["Hydration failed because the initial UI does not match what was rendered on the server.", true],
    ["There was an error while hydrating.", true],
    ["x is not a function", false],
  ])("judges %s as a hydration error: %s", (value, expected) => {
    expect(filtered(exception(value), { hydrationErrors: true })).toBe(
      expected ? "react-hydration-errors" : null,
    );
  });

  it.each([
    [{ blocked_uri: "chrome-extension://abc" }, true],
    [{ blocked_uri: "about" }, true],
    [{ blocked_uri: "https://a.example", source_file: "moz-extension://abc/x.js" }, true],
    [{ blocked_uri: "https://evil.example/x.js" }, false],
    [{ blocked_uri: "self" }, false],
  ])("judges the CSP report %j as invalid: %s", (csp, expected) => {
    expect(filtered({ type: "csp", csp }, {})).toBe(expected ? "invalid-csp" : null);
  });
});
