import { describe, expect, it } from "vitest";
import { compileScrubber } from "./index.js";
import type { ScrubberOptions } from "./index.js";

const scrub = (key: string, value: unknown, options: ScrubberOptions = {}): unknown =>
  compileScrubber(options).scrubValue(key, value);

const PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc==\n-----END RSA PRIVATE KEY-----";

describe("keys", () => {
  it.each([
    "password",
    "user_password",
    "PASSWD",
    "client_secret",
    "api_key",
    "API-KEY",
    "apikey",
    "auth",
    "Authorization",
    "credentials",
    "mysql_pwd",
    "privatekey",
    "private_key",
    "private-key",
    "token",
    "csrfToken",
    "otp",
    "two_factor",
    "two-factor",
    "Proxy-Authorization",
    "X-Auth-Token",
  ])("takes the value of %s whatever its type", (key) => {
    for (const value of ["hunter2", 42, false, ["a"], { a: 1 }]) expect(scrub(key, value)).toBe("[Filtered]");
  });

  it.each([
    "name",
    "city",
    "path",
    "laptop",
    "option",
    "adopt",
    "monkey",
    "key",
    "pass",
    "session",
    "passenger",
  ])("leaves the value of %s", (key) => expect(scrub(key, "Cluj")).toBe("Cluj"));

  it("follows the default rule for author, authority and tokenize, and lets safe fields undo it", () => {
    for (const key of ["author", "authority", "tokenize"]) {
      expect(scrub(key, "Ana")).toBe("[Filtered]");
      expect(scrub(key, "Ana", { safeFields: [key.toUpperCase()] })).toBe("Ana");
    }
  });

  it("leaves null, empty and already scrubbed values", () => {
    for (const value of [null, "", "[Filtered]", "***MASKED***"])
      expect(scrub("password", value)).toBe(value);
  });

  it("takes extra keys by part of the key only", () => {
    expect(scrub("userPinCode", "1234", { extraKeys: ["PIN"] })).toBe("[Filtered]");
    expect(scrub("note", "pin it", { extraKeys: ["PIN"] })).toBe("pin it");
  });
});

describe("whole values", () => {
  it.each([
    "my Password is x",
    "the secret",
    "passwd",
    "api_key",
    "x-api-key: 1",
    "apikey",
    "basic auth",
    "Authentication failed",
    "credentials",
    "mysql_pwd",
    "privatekey",
    "private_key",
    "private-key",
    "two-factor",
    "two_factor",
    "your otp is 1",
    "token=abc",
    '{"token": "abc"}',
    "access_token: 1",
  ])("takes all of %j", (text) => expect(scrub("note", text)).toBe("[Filtered]"));

  it.each([
    "Unexpected token",
    "tokens are cheap: 3",
    "laptop",
    "hotpot",
    "Cluj",
    "keypass",
    "https://x.ro:8080/a?b=c@d",
  ])("leaves %j", (text) => expect(scrub("note", text)).toBe(text));
});

describe("parts of values", () => {
  it.each([
    ["Bearer abc.def-123", "[Filtered]"],
    ["sent bearer abc now", "sent [Filtered] now"],
    ["paid with 4111 1111 1111 1111 today", "paid with [Filtered] today"],
    ["4111111111111111", "[Filtered]"],
    ["4111-1111-1111-1111", "[Filtered]"],
    ["378282246310005", "[Filtered]"],
    ["5555555555554444", "[Filtered]"],
    ["2223003122003222", "[Filtered]"],
    ["6011111111111117", "[Filtered]"],
    ["4222222222222", "[Filtered]"],
    ["to DE89370400440532013000.", "to [Filtered]."],
    ["to RO49 AAAA 1B31 0075 9384 0000 OK", "to [Filtered] OK"],
    [PEM, "-----BEGIN RSA PRIVATE KEY-----\n[Filtered]\n-----END RSA PRIVATE KEY-----"],
    ["-----BEGIN KEY-----\nabc", "-----BEGIN KEY-----\n[Filtered]"],
    ["postgres://app:s3@db:5432/x", "postgres://[Filtered]@db:5432/x"],
    ["redis://:p@ss@cache", "redis://[Filtered]@cache"],
    ["ssn 078-05-1120", "ssn [Filtered]"],
    ["/Users/ana/code/a.ts", "/Users/[user]/code/a.ts"],
    ["at /home/ana/a and /home/ion/b", "at /home/[user]/a and /home/[user]/b"],
    [String.raw`C:\Users\Ana Pop\x`, String.raw`C:\Users\[user]\x`],
    [String.raw`c:\\users\\ana\\x`, String.raw`c:\\users\\[user]\\x`],
    [String.raw`C:\Documents and Settings\Ana\x`, String.raw`C:\Documents and Settings\[user]\x`],
    ["C:/Users/ana/x", "C:/Users/[user]/x"],
  ])("turns %j into %j", (before, after) => expect(scrub("note", before)).toBe(after));

  it.each([
    "4111111111111112",
    "1234567890123456",
    "order 1718000000000",
    "x4111111111111111",
    "0.4111111111111111",
    "41111111-1111-1111-8111-111111111111",
    "4c79f60c11214eb38604f4ae0781bfb2",
    "fa90fdead5f74052",
    "DE00370400440532013000",
    "XX89370400440532013000",
    "DE893704",
    "2024-01-2024",
    "1078-05-11201",
    "https://x.ro/home/ana/x",
    "/home/",
    "/users/42/orders",
    "https://shop.example.com/a",
    "bearer",
    "user@example.com",
    "10.0.0.1",
  ])("leaves %j", (text) => expect(scrub("note", text)).toBe(text));

  it("takes card numbers that come as numbers, and no others", () => {
    expect(scrub("n", 4111111111111111)).toBe("[Filtered]");
    for (const value of [1718000000000, 4111111111111112, 0.5, 5e300]) expect(scrub("n", value)).toBe(value);
  });
});

describe("the masked style", () => {
  it.each([
    ["user@example.com", "us***@example.com"],
    ["write to ana.pop@example.ro, please", "write to an***@example.ro, please"],
    ["4111 1111 1111 1111", "**** **** **** 1111"],
    ["3782 822463 10005", "**** ****** *0005"],
    [4111111111111111, "************1111"],
    ["Bearer abc", "***MASKED***"],
    ["password=x", "***MASKED***"],
    ["postgres://app:s3@db.example.com/x", "postgres://***MASKED***@db.example.com/x"],
  ])("turns %j into %j", (before, after) => expect(scrub("note", before, { style: "masked" })).toBe(after));

  it("writes the masked text for secret keys", () => {
    expect(scrub("password", "x", { style: "masked" })).toBe("***MASKED***");
  });
});

describe("settings", () => {
  it("takes sensitive fields by part of a key or of a value, without regard to case", () => {
    const options = { sensitiveFields: ["CNP", "x.y*"] };
    expect(scrub("client_cnp", 1, options)).toBe("[Filtered]");
    expect(scrub("note", "the Cnp is 1", options)).toBe("[Filtered]");
    expect(scrub("note", "ax.y*b", options)).toBe("[Filtered]");
    expect(scrub("note", "xzy", options)).toBe("xzy");
  });

  it("keeps sensitive fields on without the defaults and without the data scrubber", () => {
    for (const options of [{ scrubDefaults: false }, { scrubData: false, scrubIpAddresses: true }]) {
      expect(scrub("cnp", "1", { ...options, sensitiveFields: ["cnp"] })).toBe("[Filtered]");
      expect(scrub("password", "4111111111111111 10.0.0.1", options)).toBe("4111111111111111 10.0.0.1");
      expect(scrub("n", 4111111111111111, options)).toBe(4111111111111111);
    }
  });

  it("lets a safe field win over a sensitive one and ignores blank entries", () => {
    expect(scrub("cnp_kind", "x", { sensitiveFields: ["cnp"], safeFields: ["cnp_kind"] })).toBe("x");
    expect(scrub("note", "x", { sensitiveFields: ["", "  "] })).toBe("x");
  });

  it.each([
    ["from 10.0.0.1:8080", "from [ip]:8080"],
    ["::1", "[ip]"],
    ["addr:2001:db8::8a2e:370:7334.", "addr:[ip]."],
    ["[2001:db8:0:0:0:0:0:1]:443", "[[ip]]:443"],
    ["::ffff:10.1.2.3", "[ip]"],
    ["fe80::1%eth0", "[ip]%eth0"],
  ])("turns %j into %j when addresses are scrubbed", (before, after) => {
    expect(scrub("note", before, { scrubIpAddresses: true })).toBe(after);
  });

  it.each([
    "12:34:56",
    "2024-01-01T12:34:56",
    "std::vector",
    "Ab::Cd",
    "1.2.3",
    "300.1.1.1",
    "1.2.3.4.5",
    "a:b:c",
    "v1.2.3.4",
  ])("sees no address in %j", (text) => expect(scrub("note", text, { scrubIpAddresses: true })).toBe(text));

  it("compiles equal options once", () => {
    expect(compileScrubber({ safeFields: ["a"] })).toBe(
      compileScrubber({ safeFields: ["A "], scrubData: true }),
    );
  });
});
