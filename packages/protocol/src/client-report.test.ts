import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseClientReport } from "./client-report.js";

const ENTRY = { reason: "before_send", category: "error", quantity: 2 };

describe("parseClientReport", () => {
  it("reads entries and an ISO time", () => {
    const report = {
      timestamp: "2026-01-02T12:00:00Z",
      discarded_events: [ENTRY, { ...ENTRY, category: "span" }],
    };
    expect(parseClientReport(report)).toEqual({
      timestampMs: Date.UTC(2026, 0, 2, 12),
      discarded: [ENTRY, { ...ENTRY, category: "span" }],
    });
  });

  it("reads a time in seconds and goes without one", () => {
    expect(parseClientReport({ timestamp: 1.5, discarded_events: [] })).toEqual({
      timestampMs: 1500,
      discarded: [],
    });
    expect(parseClientReport({ discarded_events: [ENTRY] })).toEqual({ discarded: [ENTRY] });
    expect(parseClientReport({ timestamp: "soon", discarded_events: [] })).toEqual({ discarded: [] });
  });

  it("keeps reasons and categories it does not know", () => {
    const odd = { reason: "solar_flare", category: "internal", quantity: 1 };
    expect(parseClientReport({ discarded_events: [odd] }).discarded).toEqual([odd]);
  });

  it("drops other fields of an entry and rounds down", () => {
    expect(parseClientReport({ discarded_events: [{ ...ENTRY, quantity: 2.9, x: 1 }] }).discarded).toEqual([
      ENTRY,
    ]);
  });

  it.each([
    ["no reason", { category: "error", quantity: 1 }],
    ["an empty reason", { ...ENTRY, reason: "" }],
    ["a very long reason", { ...ENTRY, reason: "x".repeat(201) }],
    ["no category", { reason: "r", quantity: 1 }],
    ["a category that is a number", { ...ENTRY, category: 1 }],
    ["no quantity", { reason: "r", category: "error" }],
    ["a quantity as text", { ...ENTRY, quantity: "2" }],
    ["a quantity of zero", { ...ENTRY, quantity: 0 }],
    ["a negative quantity", { ...ENTRY, quantity: -1 }],
    ["an unbounded quantity", { ...ENTRY, quantity: 1e300 }],
    ["null", null],
    ["a list", []],
    ["text", "entry"],
  ])("passes over an entry with %s", (_what, entry) => {
    expect(parseClientReport({ discarded_events: [entry, ENTRY] }).discarded).toEqual([ENTRY]);
  });

  it.each([
    [null],
    [undefined],
    ["text"],
    [1],
    [[]],
    [{}],
    [{ discarded_events: null }],
    [{ discarded_events: {} }],
  ])("gives an empty list for %j", (json) => {
    expect(parseClientReport(json)).toEqual({ discarded: [] });
  });

  it("ignores the fields only relays may add", () => {
    expect(parseClientReport({ rate_limited_events: [ENTRY], filtered_events: [ENTRY] })).toEqual({
      discarded: [],
    });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(() => parseClientReport({ discarded_events: [json], timestamp: json })).not.toThrow();
      }),
    );
  });
});
