import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileScrubber } from "./index.js";
import type { Scrubber, ScrubberOptions } from "./index.js";

const fragments = fc.constantFrom(
  "password",
  "token",
  "=",
  ":",
  " ",
  "Bearer abc",
  "4111111111111111",
  "4222222222222",
  "-",
  "DE89370400440532013000",
  "078-05-1120",
  "://",
  "a:b@",
  "user@example.com",
  "/home/ana/",
  String.raw`C:\Users\ana\ `,
  "-----BEGIN KEY-----",
  "-----END",
  "10.0.0.1",
  "::1",
  "[Filtered]",
  "***MASKED***",
  "[email]",
  "filter",
  "user",
  '"',
  "'",
  ";",
  "\n",
  "é",
  "1",
  "x",
);
const text = fc.oneof(
  fc.string(),
  fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join("")),
);
const key = fc.oneof(
  fc.constantFrom("token", "cookies", "Cookie", "user", "gen_ai.x", "a", "__proto__", "constructor"),
  fc.string({ maxLength: 6 }),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    text,
    fc.double(),
    fc.constant(null),
    fc.constant(4111111111111111),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(key, tie("json"), { maxKeys: 4 }),
  ),
}));
const top = fc.constantFrom(
  "extra",
  "contexts",
  "tags",
  "user",
  "request",
  "breadcrumbs",
  "exception",
  "threads",
  "logentry",
  "spans",
  "sdk",
  "_meta",
);
const pairs = fc.array(fc.tuple(key, json), { maxLength: 3 });
const request = fc.record(
  {
    cookies: fc.oneof(text, pairs),
    headers: pairs,
    data: json,
    url: text,
    query_string: fc.oneof(text, pairs),
  },
  { requiredKeys: [] },
);
const event = fc.oneof(
  fc.dictionary(top, json, { maxKeys: 5 }),
  fc.record(
    { request, tags: pairs, logentry: fc.record({ formatted: text }), extra: json },
    { requiredKeys: [] },
  ),
);
const options: fc.Arbitrary<ScrubberOptions> = fc.record(
  {
    scrubData: fc.boolean(),
    scrubDefaults: fc.boolean(),
    scrubIpAddresses: fc.boolean(),
    style: fc.constantFrom("filtered", "masked"),
    sensitiveFields: fc.array(fc.constantFrom("filter", "user", "ip", "mask", "email", "(", "."), {
      maxLength: 2,
    }),
    safeFields: fc.array(fc.constantFrom("a", "extra.token", "request.cookies"), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const withoutCards = text.filter((generated) => !generated.includes("4111"));

describe("any payload", () => {
  it("is scrubbed without a throw, without a change to the input, and the same a second time", () => {
    fc.assert(
      fc.property(event, options, (payload, settings) => {
        const sent: object = JSON.parse(JSON.stringify(payload));
        const before = JSON.stringify(sent);
        const scrubber = compileScrubber(settings);
        const once = scrubber.scrubEvent(sent).event;
        expect(JSON.stringify(sent)).toBe(before);
        const twice = scrubber.scrubEvent(once);
        expect(twice.remarks).toEqual([]);
        expect(twice.event).toEqual(once);
      }),
      { numRuns: 1500 },
    );
  });

  it("gives the same text when scrubbed twice", () => {
    fc.assert(
      fc.property(text, options, (body, settings) => {
        const scrubber = compileScrubber(settings);
        const once = scrubber.scrubText(body);
        expect(scrubber.scrubText(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it("never lets a card number or bearer token of a value through", () => {
    fc.assert(
      fc.property(withoutCards, withoutCards, (before, after) => {
        const scrubbed = String(
          compileScrubber().scrubValue("note", `${before} Bearer zq9zq9 4111111111111111 ${after}`),
        );
        expect(scrubbed).not.toContain("zq9zq9");
        expect(scrubbed).not.toContain("4111111111111111");
      }),
    );
  });
});

describe("hostile payloads", () => {
  it("does not let through what lies deeper than the walk goes", () => {
    let deep: unknown = "Bearer abc";
    for (let level = 0; level < 5_000; level++) deep = level % 2 === 0 ? [deep] : { a: deep };
    const scrubbed = JSON.stringify(
      compileScrubber().scrubEvent({ extra: { deep }, logentry: { formatted: "x" } }).event,
    );
    expect(scrubbed).toContain("[Filtered]");
    expect(scrubbed).not.toContain("Bearer");
  });

  const MEGABYTE = 1_000_000;
  const fill = (unit: string): string => unit.repeat(Math.ceil(MEGABYTE / unit.length));
  const everything: Scrubber = compileScrubber({
    scrubIpAddresses: true,
    style: "masked",
    sensitiveFields: ["cnp"],
  });
  // Quadratic work on a million characters takes minutes; linear work takes well under a second.
  const LINEAR_LIMIT_MS = 5_000;

  it.each([
    "a",
    "1",
    "4",
    "4 ",
    "4-",
    "41111111-1111-1111-1111-111111111111 ",
    "4111111111111111 ",
    "@",
    "a@",
    "a.",
    "a@b.",
    "a@b.ro ",
    ":",
    "::1 ",
    "1.1.",
    "1.1.1.1 ::1 ",
    "://",
    "://a:",
    "://a:b@",
    "/home/",
    "/home/a",
    "/Users/a/",
    "C:\\Users\\",
    "token",
    "token ",
    "token=",
    'password="',
    "bearer ",
    "Bearer a ",
    "-----BEGIN KEY-----",
    "-----BEGIN ",
    "DE89",
    "DE89370400440532013000 ",
    "111-11-",
    "111-11-1111 ",
    "%",
    "-",
    "a=;",
    " ",
    "é",
  ])("scrubs a megabyte of %j in linear time", (unit) => {
    const started = performance.now();
    everything.scrubText(fill(unit));
    everything.scrubValue("note", fill(unit));
    everything.scrubValue("cookies", fill(unit));
    expect(performance.now() - started).toBeLessThan(LINEAR_LIMIT_MS);
  });
});
