import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RateLimit } from "./rate-limits.js";
import { MAX_RETRY_AFTER_SECONDS, formatRateLimits, parseRateLimits, retryAfterOf } from "./rate-limits.js";

const ERRORS: RateLimit = { retryAfterSeconds: 60, categories: ["error"], scope: "project" };

describe("formatRateLimits", () => {
  it.each<[string, readonly RateLimit[], string]>([
    ["nothing", [], ""],
    ["one category", [ERRORS], "60:error:project"],
    ["everything", [{ ...ERRORS, categories: [], scope: "organization" }], "60::organization"],
    ["several categories", [{ ...ERRORS, categories: ["error", "security"] }], "60:error;security:project"],
    [
      "several limits on one line",
      [ERRORS, { ...ERRORS, categories: ["span"], scope: "key" }],
      "60:error:project, 60:span:key",
    ],
    ["a reason", [{ ...ERRORS, reasonCode: "quota_exceeded" }], "60:error:project:quota_exceeded"],
    [
      "namespaces without a reason",
      [{ ...ERRORS, categories: ["metric_bucket"], namespaces: ["custom", "spans"] }],
      "60:metric_bucket:project::custom;spans",
    ],
    [
      "the names SDKs look up",
      [{ ...ERRORS, categories: ["trace_metric"] }],
      "60:trace_metric;metric:project",
    ],
    ["each name once", [{ ...ERRORS, categories: ["log_item", "log_byte"] }], "60:log_item;log_byte:project"],
    ["whole seconds, rounded up", [{ ...ERRORS, retryAfterSeconds: 1.2 }], "2:error:project"],
    ["at most the cap", [{ ...ERRORS, retryAfterSeconds: 9999 }], "300:error:project"],
    [
      "no limit that is over",
      [
        { ...ERRORS, retryAfterSeconds: 0 },
        { ...ERRORS, retryAfterSeconds: -5 },
      ],
      "",
    ],
    [
      "no separators or line ends inside a reason",
      [{ ...ERRORS, reasonCode: "a:b,c;d\r\ne" }],
      "60:error:project:a_b_c_d__e",
    ],
    ["no separators inside a category", [{ ...ERRORS, categories: ["a:b"] }], "60:a_b:project"],
  ])("writes %s", (_what, limits, expected) => {
    expect(formatRateLimits(limits)).toBe(expected);
  });
});

describe("retryAfterOf", () => {
  it("is the longest active limit in whole seconds, capped, or zero", () => {
    expect(retryAfterOf([])).toBe(0);
    expect(retryAfterOf([{ ...ERRORS, retryAfterSeconds: -1 }])).toBe(0);
    expect(retryAfterOf([{ ...ERRORS, retryAfterSeconds: 0.1 }])).toBe(1);
    expect(retryAfterOf([ERRORS, { ...ERRORS, retryAfterSeconds: 90 }])).toBe(90);
    expect(retryAfterOf([{ ...ERRORS, retryAfterSeconds: 4000 }])).toBe(MAX_RETRY_AFTER_SECONDS);
  });
});

describe("parseRateLimits", () => {
  it.each<[string, string, readonly RateLimit[]]>([
    ["nothing", "", []],
    ["everything", "60::organization", [{ retryAfterSeconds: 60, categories: [], scope: "organization" }]],
    [
      "two limits",
      "2700:default;error;security:organization:quota_exceeded, 60:span:project",
      [
        {
          retryAfterSeconds: 2700,
          categories: ["default", "error", "security"],
          scope: "organization",
          reasonCode: "quota_exceeded",
        },
        { retryAfterSeconds: 60, categories: ["span"], scope: "project" },
      ],
    ],
    [
      "namespaces after an empty reason",
      "60:metric_bucket:organization::custom",
      [
        {
          retryAfterSeconds: 60,
          categories: ["metric_bucket"],
          scope: "organization",
          namespaces: ["custom"],
        },
      ],
    ],
    ["two parts only", "60:error", [{ retryAfterSeconds: 60, categories: ["error"], scope: "organization" }]],
    [
      "a key's limit without spaces",
      "1:a:key,2:b:key",
      [
        { retryAfterSeconds: 1, categories: ["a"], scope: "key" },
        { retryAfterSeconds: 2, categories: ["b"], scope: "key" },
      ],
    ],
    [
      "no quota with broken seconds",
      "x:error:key, 1.5:error:key, :error:key, 5:error:key",
      [{ retryAfterSeconds: 5, categories: ["error"], scope: "key" }],
    ],
    ["no quota of one part", "60", []],
  ])("reads %s", (_what, header, expected) => {
    expect(parseRateLimits(header)).toEqual(expected);
  });

  it("reads back what was written", () => {
    const limit = fc.record(
      {
        retryAfterSeconds: fc.integer({ min: 1, max: 300 }),
        categories: fc.uniqueArray(fc.constantFrom("error", "span", "session"), { maxLength: 3 }),
        scope: fc.constantFrom("organization" as const, "project" as const, "key" as const),
        reasonCode: fc.stringMatching(/^[a-z_]{1,8}$/),
      },
      { requiredKeys: ["retryAfterSeconds", "categories", "scope"] },
    );
    fc.assert(
      fc.property(fc.array(limit), (limits) => {
        expect(parseRateLimits(formatRateLimits(limits))).toEqual(limits);
      }),
    );
  });
});
