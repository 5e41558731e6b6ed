import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAuthHeader, readAuth } from "./auth.js";

const KEY = "d815bc9d689a9255598e0007ae5a2f67";
const OTHER = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}

describe("parseAuthHeader", () => {
  it("reads what Python sends", () => {
    const header = `Sentry sentry_key=${KEY}, sentry_version=7, sentry_client=sentry.python/2.68.0`;
    expect(parseAuthHeader(header)).toEqual({
      ok: true,
      key: KEY,
      version: 7,
      client: "sentry.python/2.68.0",
      source: "x-sentry-auth",
    });
  });

  it.each([
    ["a key alone, version 7 being the default", `Sentry sentry_key=${KEY}`, 7],
    ["a lower-case scheme without spaces, as OTLP senders write", `sentry sentry_key=${KEY}`, 7],
    ["no space after commas", `Sentry sentry_version=7,sentry_key=${KEY}`, 7],
    ["spaces around everything", `  SENTRY   sentry_key = ${KEY} , sentry_version = 6 `, 6],
    ["an older version with a fraction", `Sentry sentry_key=${KEY}, sentry_version=2.0`, 2],
    ["a dotted flag after the key", `Sentry sentry_key=${KEY}.no-cache`, 7],
    ["several dotted flags", `Sentry sentry_key=${KEY}.a.b`, 7],
    ["unknown and obsolete pairs", `Sentry sentry_timestamp=1, sentry_secret=s, x=y, sentry_key=${KEY}`, 7],
    ["stray words between commas", `Sentry , nonsense, sentry_key=${KEY},`, 7],
  ])("accepts %s", (_form, header, version) => {
    expect(parseAuthHeader(header)).toMatchObject({ ok: true, key: KEY, version });
  });

  it("leaves an empty client out and keeps '=' inside a value", () => {
    expect(parseAuthHeader(`Sentry sentry_key=${KEY}, sentry_client=`)).not.toHaveProperty("client");
    expect(parseAuthHeader(`Sentry sentry_key=${KEY}, sentry_client=a=b`)).toMatchObject({ client: "a=b" });
  });

  it.each([
    ["no header", undefined],
    ["an empty header", ""],
    ["a bearer token", "Bearer abc"],
    ["pairs without the scheme", `sentry_key=${KEY}`],
    ["the scheme alone", "Sentry "],
    ["Basic, which only Authorization may carry", basic(`${KEY}:`)],
  ])("treats %s as absent", (_form, header) => {
    expect(parseAuthHeader(header)).toBeNull();
  });

  it.each([
    ["no key", "Sentry sentry_version=7", "auth_malformed"],
    ["an empty key", "Sentry sentry_key=, sentry_version=7", "auth_malformed"],
    ["only flags", "Sentry sentry_key=.no-cache", "auth_malformed"],
    ["a key with odd characters", "Sentry sentry_key=a b", "auth_malformed"],
    ["a version that is no number", `Sentry sentry_key=${KEY}, sentry_version=seven`, "auth_malformed"],
    ["an empty version", `Sentry sentry_key=${KEY}, sentry_version=`, "auth_malformed"],
    ["a version with a letter", `Sentry sentry_key=${KEY}, sentry_version=7a`, "auth_malformed"],
    ["a version above 7", `Sentry sentry_key=${KEY}, sentry_version=8`, "auth_unsupported_version"],
  ])("answers an error value for %s", (_form, header, code) => {
    expect(parseAuthHeader(header)).toMatchObject({ ok: false, code });
  });

  it("reads Basic credentials in Authorization", () => {
    const expected = { ok: true, key: KEY, version: 7, source: "authorization" };
    expect(parseAuthHeader(basic(`${KEY}:`), "authorization")).toEqual(expected);
    expect(parseAuthHeader(basic(`${KEY}:anything:more`), "authorization")).toEqual(expected);
    expect(
      parseAuthHeader(basic(KEY).toLowerCase().slice(0, 5) + basic(KEY).slice(5), "authorization"),
    ).toEqual(expected);
  });

  it("treats a proxy's own Basic credentials as absent", () => {
    expect(parseAuthHeader(basic("admin:secret"), "authorization")).toBeNull();
    expect(parseAuthHeader("Basic !!!", "authorization")).toBeNull();
  });
});

describe("readAuth", () => {
  it.each([
    ["x-sentry-auth", { xSentryAuth: `Sentry sentry_key=${KEY}` }],
    ["authorization", { authorization: `Sentry sentry_key=${KEY}` }],
    ["authorization", { authorization: basic(`${KEY}:`) }],
    ["query", { query: `?sentry_key=${KEY}&sentry_version=7` }],
    ["query", { query: `sentry_version=7&sentry_key=${KEY}.flag` }],
    ["query", { query: new URLSearchParams({ sentry_key: KEY }) }],
    ["path", { pathKey: KEY }],
    ["envelope", { envelopeDsn: `https://${KEY}@h/1` }],
  ])("finds the key in %s", (source, input) => {
    expect(readAuth(input)).toMatchObject({ ok: true, key: KEY, version: 7, source });
  });

  it("decodes the client of a query", () => {
    const query = `sentry_version=7&sentry_key=${KEY}&sentry_client=sentry.javascript.browser%2F10.63.0`;
    expect(readAuth({ query })).toMatchObject({ client: "sentry.javascript.browser/10.63.0" });
  });

  it("takes the first source that parses when there are several", () => {
    const all = {
      xSentryAuth: `Sentry sentry_key=${KEY}`,
      authorization: `Sentry sentry_key=${OTHER}`,
      query: `sentry_key=${OTHER}`,
      pathKey: OTHER,
      envelopeDsn: `https://${OTHER}@h/1`,
    };
    expect(readAuth(all)).toMatchObject({ key: KEY, source: "x-sentry-auth" });
  });

  it.each([
    ["a malformed header", { xSentryAuth: "Sentry sentry_key=", query: `sentry_key=${KEY}` }],
    ["a proxy's bearer token", { authorization: "Bearer abc", query: `sentry_key=${KEY}` }],
    ["a proxy's Basic credentials", { authorization: basic("admin:secret"), query: `sentry_key=${KEY}` }],
    [
      "an unsupported version",
      { xSentryAuth: `Sentry sentry_key=${OTHER}, sentry_version=9`, query: `sentry_key=${KEY}` },
    ],
    ["an empty header", { authorization: "", query: `sentry_key=${KEY}` }],
  ])("passes over %s to the next source", (_form, input) => {
    expect(readAuth(input)).toMatchObject({ ok: true, key: KEY, source: "query" });
  });

  it.each([
    ["nothing", {}, "auth_missing"],
    ["only undefined sources", { xSentryAuth: undefined, query: undefined }, "auth_missing"],
    ["a query without credentials", { query: "sentry_release=1.0&a=b" }, "auth_missing"],
    ["a foreign query", { query: "a=b" }, "auth_missing"],
    ["an empty key in the query", { query: "sentry_key=" }, "auth_malformed"],
    ["a version without a key in the query", { query: "sentry_version=7" }, "auth_malformed"],
    [
      "a newer version in the query",
      { query: `sentry_key=${KEY}&sentry_version=8` },
      "auth_unsupported_version",
    ],
    ["a malformed key in the path", { pathKey: "a b" }, "auth_malformed"],
    ["an unreadable DSN", { envelopeDsn: "nonsense" }, "auth_malformed"],
    [
      "two faults, of which the first counts",
      { xSentryAuth: "Sentry a=b", query: `sentry_key=${KEY}&sentry_version=8` },
      "auth_malformed",
    ],
  ])("answers an error value for %s", (_form, input, code) => {
    expect(readAuth(input)).toMatchObject({ ok: false, code });
  });

  it("never throws and never repeats what was sent in its message", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 12 }), (header, secret) => {
        const input = {
          xSentryAuth: `Sentry ${header}`,
          authorization: `Basic ${header}`,
          query: `sentry_key=${secret}!`,
        };
        const result = readAuth(input);
        expect(result.ok ? "" : result.message).not.toContain(secret);
      }),
    );
  });
});
