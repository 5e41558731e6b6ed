import { describe, expect, it } from "vitest";
import { normaliseEvent } from "./normalise-event.js";
import { normalised, RECEIVED_AT, testContext } from "./payload.test-kit.js";

const received = RECEIVED_AT / 1000;

describe("normaliseEvent", () => {
  it.each([null, 1, "text", [], [1]])("refuses %j, which is no object", (payload) => {
    expect(normaliseEvent(payload, testContext())).toEqual({ ok: false, reason: "payload" });
  });

  it("refuses an event with a negative time", () => {
    expect(normaliseEvent({ timestamp: -1 }, testContext())).toEqual({ ok: false, reason: "timestamp" });
  });

  it("gives an empty event its id, times and defaults", () => {
    expect(normalised({})).toEqual({
      event_id: "0123456789abcdef0123456789abcdef",
      timestamp: received,
      received,
      type: "default",
      level: "error",
      platform: "other",
      sdk: { client_ip: "203.0.113.7" },
    });
  });

  it("takes the event id from the context, whatever the payload says", () => {
    expect(normalised({ event_id: "f".repeat(32) }).event_id).toBe("0123456789abcdef0123456789abcdef");
  });

  it.each([
    [{}, "default"],
    [{ type: "default", exception: [{ type: "E" }] }, "error"],
    [{ exception: { values: [{ type: "E" }] } }, "error"],
    [{ exception: {} }, "default"],
    [{ csp: { blocked_uri: "self" } }, "csp"],
    [{ hpkp: { hostname: "x" } }, "hpkp"],
    [{ type: "expectct" }, "expectct"],
    [{ type: "nel" }, "nel"],
    [{ type: "unheard of" }, "default"],
  ])("infers the type of %j as %s", (payload, type) => {
    expect(normalised(payload).type).toBe(type);
  });

  it.each([
    ["debug", "debug"],
    ["info", "info"],
    ["log", "info"],
    ["warning", "warning"],
    ["WARNING", "warning"],
    ["error", "error"],
    ["fatal", "fatal"],
    ["critical", "fatal"],
    [10, "debug"],
    [20, "info"],
    [30, "warning"],
    [40, "error"],
    [50, "fatal"],
    [35, "error"],
    ["loud", "error"],
    [null, "error"],
  ])("reads the level %j as %s", (level, expected) => {
    expect(normalised({ level }).level).toBe(expected);
  });

  it.each([
    ["python", "python"],
    ["Node", "node"],
    ["cobol", "other"],
    [undefined, "other"],
    [7, "other"],
  ])("reads the platform %j as %s", (platform, expected) => {
    expect(normalised({ platform }).platform).toBe(expected);
  });

  it("keeps the legacy names of raven clients", () => {
    const event = normalised({
      "sentry.interfaces.Exception": { values: [{ type: "E", value: "v" }] },
      "sentry.interfaces.Message": { message: "hello" },
      "sentry.interfaces.Http": { url: "http://example.com/a" },
      "sentry.interfaces.User": { id: 5 },
      "sentry.interfaces.Breadcrumbs": [{ message: "m" }],
      "sentry.interfaces.Template": { filename: "index.html", lineno: 3 },
    });
    expect(event).toMatchObject({
      exception: { values: [{ type: "E", value: "v" }] },
      logentry: { formatted: "hello" },
      request: { url: "http://example.com/a" },
      user: { id: "5" },
      breadcrumbs: { values: [{ message: "m", level: "info" }] },
      template: { filename: "index.html", lineno: 3 },
    });
  });

  it("drops unknown top-level keys and keeps checksum, extra and modules", () => {
    const event = normalised({
      unknown: 1,
      project: 7,
      checksum: "abc",
      extra: { a: { b: [1, 2] } },
      modules: { django: "5.0", broken: null },
    });
    expect(event).not.toHaveProperty("unknown");
    expect(event).not.toHaveProperty("project");
    expect(event).toMatchObject({ checksum: "abc", extra: { a: { b: [1, 2] } }, modules: { django: "5.0" } });
  });

  it("makes the site a tag and keeps the server's name", () => {
    const event = normalised({ site: "eu", server_name: "web-1", tags: { a: "b" } });
    expect(event.tags).toEqual([
      ["a", "b"],
      ["site", "eu"],
    ]);
    expect(event.server_name).toBe("web-1");
  });

  it("cuts what is too long and says so in the remarks", () => {
    const event = normalised({ transaction: "x".repeat(300) });
    expect(event.transaction).toHaveLength(200);
    expect(event.transaction).toMatch(/x\.\.\.$/);
    expect(event._meta).toEqual({ transaction: { "": { rem: [["!limit", "s", 197, 200]], len: 300 } } });
  });

  it("adds its remarks to those the SDK sent", () => {
    const event = normalised({
      dist: "no good!",
      errors: [{ type: "js_no_source", name: "url" }, "junk"],
      _meta: { extra: { a: { "": { len: 5000 } } }, dist: { "": { rem: [["x", "x"]] } } },
    });
    expect(event._meta).toEqual({
      extra: { a: { "": { len: 5000 } } },
      dist: {
        "": {
          rem: [["x", "x"]],
          err: [["invalid_data", { reason: "not a distribution name", value: "no good!" }]],
        },
      },
    });
    expect(event.errors).toMatchObject([
      { type: "js_no_source", name: "url" },
      { type: "invalid_data", name: "dist" },
    ]);
  });

  it("reads the message beside an exception", () => {
    const event = normalised({ message: "went wrong", exception: [{ type: "E", value: "v" }] });
    expect(event.logentry).toEqual({ formatted: "went wrong" });
    expect(event.type).toBe("error");
  });
});
