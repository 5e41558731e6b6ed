import { describe, expect, it } from "vitest";
import { normaliseEvent } from "./normalise-event.js";
import { normalised, RECEIVED_AT, testContext } from "./payload.test-kit.js";
import { toSpanStatus } from "./span-status.js";
import { sanitiseTransactionName } from "./transaction-name.js";

const trace = { trace_id: "4c79f60c11214eb38604f4ae0781bfb2", span_id: "fa90fdead5f74052" };
const end = RECEIVED_AT / 1000;
const base = { type: "transaction", start_timestamp: end - 2, timestamp: end - 1, contexts: { trace } };
const span = {
  ...trace,
  span_id: "b0e6f15b45c36b12",
  parent_span_id: trace.span_id,
  start_timestamp: end - 2,
  timestamp: end - 1,
};

describe("transactions", () => {
  it("have a start, a name, spans and measurements", () => {
    const event = normalised({
      ...base,
      spans: [{ ...span, op: "db", status: "ok", description: "SELECT 1" }, null],
      measurements: { LCP: { value: 12.5, unit: "millisecond" }, bad: { value: "x" } },
    });
    expect(event).toMatchObject({
      type: "transaction",
      level: "info",
      transaction: "<unlabeled transaction>",
      transaction_info: { source: "unknown" },
      start_timestamp: end - 2,
      spans: [{ span_id: "b0e6f15b45c36b12", op: "db", status: "ok", description: "SELECT 1" }],
      measurements: { lcp: { value: 12.5, unit: "millisecond" } },
    });
  });

  it.each([
    ["no start", { start_timestamp: undefined }],
    ["no end", { timestamp: undefined }],
    ["an end before the start", { start_timestamp: end }],
    ["no trace", { contexts: {} }],
    ["a span without id", { spans: [{ ...span, span_id: undefined }] }],
    ["a span without times", { spans: [{ ...span, timestamp: null }] }],
    ["a span that ends before it starts", { spans: [{ ...span, timestamp: end - 3 }] }],
  ])("are invalid with %s", (_name, parts) => {
    expect(normaliseEvent({ ...base, ...parts }, testContext())).toEqual({
      ok: false,
      reason: "invalid_transaction",
    });
  });
});

describe("sanitiseTransactionName", () => {
  it.each([
    ["/users/12345/cart", "url", "", "/users/*/cart", "sanitized"],
    ["/a/4c79f60c-1121-4eb3-8604-f4ae0781bfb2", "url", "", "/a/*", "sanitized"],
    ["/a/0xdeadbeef/2024-01-02", "url", "", "/a/*/*", "sanitized"],
    ["/v1/users", "url", "", "/v1/users", "url"],
    ["/users/12345", "route", "", "/users/12345", "route"],
    ["/users/12345", undefined, "sentry.javascript.react", "/users/*", "sanitized"],
    ["/users/12345", undefined, "sentry.go", "/users/12345", "unknown"],
  ])("turns %s with source %s of %s into %s", (...[name, source, sdk, expected, expectedSource]) => {
    expect(sanitiseTransactionName(name, source, sdk)).toMatchObject({
      name: expected,
      source: expectedSource,
    });
  });
});

describe("toSpanStatus", () => {
  it.each([
    ["ok", "ok"],
    ["success", "ok"],
    ["Not_Found", "not_found"],
    [5, "not_found"],
    ["13", "internal_error"],
    [99, "unknown"],
    ["what", "unknown"],
    [null, "unknown"],
  ])("reads %j as %s", (status, expected) => {
    expect(toSpanStatus(status)).toBe(expected);
  });
});
