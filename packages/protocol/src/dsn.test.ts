import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dsn } from "./dsn.js";
import { dsnMatches, formatDsn, isProjectId, isPublicKey, parseDsn } from "./dsn.js";

const KEY = "d815bc9d689a9255598e0007ae5a2f67";
const PLAIN: Dsn = { scheme: "https", publicKey: KEY, host: "errors.example.com", path: "", projectId: "12" };

describe("parseDsn", () => {
  it.each<[string, string, Dsn]>([
    ["the usual form", `https://${KEY}@errors.example.com/12`, PLAIN],
    ["http", `http://${KEY}@errors.example.com/12`, { ...PLAIN, scheme: "http" }],
    ["an upper-case scheme", `HTTPS://${KEY}@errors.example.com/12`, PLAIN],
    [
      "a port",
      `http://${KEY}@127.0.0.1:9000/1`,
      { ...PLAIN, scheme: "http", host: "127.0.0.1", port: 9000, projectId: "1" },
    ],
    ["a secret", `https://${KEY}:shh@errors.example.com/12`, { ...PLAIN, secret: "shh" }],
    ["an empty secret", `https://${KEY}:@errors.example.com/12`, { ...PLAIN, secret: "" }],
    ["a path", `https://${KEY}@errors.example.com/a/b/12`, { ...PLAIN, path: "/a/b" }],
    [
      "a doubled slash before the project",
      `https://${KEY}@errors.example.com/a//12`,
      { ...PLAIN, path: "/a" },
    ],
    ["digits in the path", `https://${KEY}@errors.example.com/7/12`, { ...PLAIN, path: "/7" }],
    ["an IPv6 address", `https://${KEY}@[::1]:9000/12`, { ...PLAIN, host: "[::1]", port: 9000 }],
    ["surrounding spaces", ` https://${KEY}@errors.example.com/12\n`, PLAIN],
    [
      "the largest project id",
      `https://${KEY}@h/18446744073709551615`,
      { ...PLAIN, host: "h", projectId: "18446744073709551615" },
    ],
  ])("reads %s", (_form, text, expected) => {
    expect(parseDsn(text)).toEqual(expected);
  });

  it.each([
    ["empty text", ""],
    ["another scheme", `ftp://${KEY}@h/12`],
    ["no key", "https://h/12"],
    ["an empty key", "https://@h/12"],
    ["a key with odd characters", "https://a%20b@h/12"],
    ["a key that is too long", `https://${"a".repeat(65)}@h/12`],
    ["no host", `https://${KEY}@/12`],
    ["no project", `https://${KEY}@h/`],
    ["a project that is no number", `https://${KEY}@h/shop`],
    ["a project that starts with 0", `https://${KEY}@h/012`],
    ["a project above 64 bits", `https://${KEY}@h/18446744073709551616`],
    ["a final slash", `https://${KEY}@h/12/`],
    ["a query", `https://${KEY}@h/12?x=1`],
    ["port 0", `https://${KEY}@h:0/12`],
    ["a port out of range", `https://${KEY}@h:65536/12`],
    ["spaces inside", `https://${KEY}@h h/12`],
    ["very long text", `https://${KEY}@h/${"a/".repeat(2000)}12`],
  ])("refuses %s", (_form, text) => {
    expect(parseDsn(text)).toBeNull();
  });

  it("never throws on random text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseDsn(`https://${text}`)).not.toThrow();
      }),
    );
  });
});

describe("formatDsn", () => {
  it("writes what parseDsn reads", () => {
    const dsns = fc.record(
      {
        scheme: fc.constantFrom("http" as const, "https" as const),
        publicKey: fc.stringMatching(/^[0-9a-f]{32}$/),
        secret: fc.stringMatching(/^[0-9a-f]{1,8}$/),
        host: fc.domain(),
        port: fc.integer({ min: 1, max: 65_535 }),
        path: fc.constantFrom("", "/a", "/a/b"),
        projectId: fc.integer({ min: 1 }).map(String),
      },
      { requiredKeys: ["scheme", "publicKey", "host", "path", "projectId"] },
    );
    fc.assert(
      fc.property(dsns, (dsn) => {
        expect(parseDsn(formatDsn(dsn))).toEqual(dsn);
      }),
    );
  });
});

describe("dsnMatches", () => {
  it("compares project and key", () => {
    expect(dsnMatches(PLAIN, { projectId: "12", publicKey: KEY })).toBe(true);
    expect(dsnMatches(PLAIN, { projectId: "13", publicKey: KEY })).toBe(false);
    expect(dsnMatches(PLAIN, { projectId: "12", publicKey: "other" })).toBe(false);
  });
});

describe("isProjectId", () => {
  it.each(["1", "42", "18446744073709551615"])("accepts %s", (text) => expect(isProjectId(text)).toBe(true));
  it.each(["", "0", "01", "-1", "1.5", "1e3", "a", " 1", "18446744073709551616", "1".repeat(21)])(
    "refuses '%s'",
    (text) => expect(isProjectId(text)).toBe(false),
  );
});

describe("isPublicKey", () => {
  it.each([KEY, "abc", "A-b_1"])("accepts %s", (text) => expect(isPublicKey(text)).toBe(true));
  it.each(["", "a.b", "a b", "ä", "a".repeat(65)])("refuses '%s'", (text) =>
    expect(isPublicKey(text)).toBe(false),
  );
});
