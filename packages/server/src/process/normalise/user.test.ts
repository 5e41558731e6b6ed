import { describe, expect, it } from "vitest";
import { normalised } from "./payload.test-kit.js";

const CLIENT = "203.0.113.7";

describe("user", () => {
  it("writes scalars as text and moves unknown keys into data", () => {
    expect(
      normalised({ user: { id: 42, username: true, email: "", plan: "pro", data: { a: 1 } } }).user,
    ).toEqual({
      id: "42",
      username: "True",
      data: { plan: "pro", a: 1 },
    });
  });

  it.each([{}, [], null, { id: "" }, { id: null }])("knows nobody from %j", (user) => {
    expect(normalised({ user }).user).toBeUndefined();
  });

  it("drops and notes an address which is none, without repeating it", () => {
    const event = normalised({ user: { id: "1", ip_address: "not an ip" } });
    expect(event.user).toEqual({ id: "1" });
    expect(event.errors).toEqual([
      { type: "invalid_data", name: "user.ip_address", value: { reason: "not an IP address" } },
    ]);
  });

  it.each([
    // setting, platform, ip sent, REMOTE_ADDR, result
    ["auto", "python", undefined, undefined, CLIENT],
    ["auto", "python", "{{auto}}", undefined, CLIENT],
    ["auto", "python", "192.0.2.1", undefined, "192.0.2.1"],
    ["never", "javascript", "{{auto}}", undefined, undefined],
    ["never", "javascript", undefined, "192.0.2.9", undefined],
    ["never", "javascript", "192.0.2.1", undefined, "192.0.2.1"],
    ["something", "javascript", undefined, undefined, undefined],
    ["legacy", "javascript", undefined, undefined, CLIENT],
    [undefined, "javascript", undefined, undefined, CLIENT],
    [undefined, "cocoa", undefined, undefined, CLIENT],
    [undefined, "objc", undefined, undefined, CLIENT],
    [undefined, "python", undefined, undefined, undefined],
    [undefined, "python", "{{auto}}", undefined, CLIENT],
    [undefined, "python", undefined, "{{auto}}", CLIENT],
    [undefined, "python", undefined, "192.0.2.9", "192.0.2.9"],
    [undefined, "javascript", undefined, "192.0.2.9", "192.0.2.9"],
    [undefined, "python", "2001:db8::1", undefined, "2001:db8::1"],
  ])(
    "with infer_ip %s on %s, ip %s and REMOTE_ADDR %s gives %s",
    (...[setting, platform, ip, remote, expected]) => {
      const event = normalised({
        platform,
        sdk: { name: "sdk", settings: { infer_ip: setting } },
        user: { id: "1", ip_address: ip },
        request: { env: { REMOTE_ADDR: remote } },
      });
      expect(event.user?.ip_address).toBe(expected);
    },
  );

  it("makes a user of the address alone", () => {
    expect(normalised({ platform: "javascript" }).user).toEqual({ ip_address: CLIENT });
  });
});

describe("sdk", () => {
  it("is taken from the client when the event says nothing", () => {
    expect(normalised({}, { client: "sentry.python.django/2.68.0" }).sdk).toMatchObject({
      name: "sentry.python.django",
      version: "2.68.0",
    });
  });

  it("keeps what the event says and leaves the address out when none is to be inferred", () => {
    const sdk = {
      name: "sentry.javascript.browser",
      version: "10.63.0",
      integrations: ["Dedupe", 5],
      packages: [{ name: "npm:@sentry/browser", version: "10.63.0" }, null],
      settings: { infer_ip: "never" },
    };
    expect(normalised({ sdk }, { client: "other/1" }).sdk).toEqual({
      name: "sentry.javascript.browser",
      version: "10.63.0",
      integrations: ["Dedupe"],
      packages: [{ name: "npm:@sentry/browser", version: "10.63.0" }],
      settings: { infer_ip: "never" },
    });
  });
});
