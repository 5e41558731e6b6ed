import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimestamp } from "./timestamp.js";

const NOON = Date.UTC(2026, 0, 2, 12, 0, 0);

describe("parseTimestamp", () => {
  it.each([
    ["whole seconds", 1_767_355_200, NOON],
    ["fractional seconds", 1_767_355_200.678, NOON + 678],
    ["microseconds", 1_767_355_200.678901, NOON + 678.901],
    ["zero", 0, 0],
    ["numeric text", "1767355200", NOON],
    ["numeric text with a fraction", "1767355200.5", NOON + 500],
    ["JavaScript's ISO form", "2026-01-02T12:00:00.678Z", NOON + 678],
    ["Python's microseconds", "2026-01-02T12:00:00.678901Z", NOON + 678.901],
    ["PHP's whole seconds", "2026-01-02T12:00:00Z", NOON],
    [".NET's seven digits with an offset", "2026-01-02T12:00:00.6789012+00:00", NOON + 678.901],
    ["Go's nine digits with a local offset", "2026-01-02T14:00:00.678901234+02:00", NOON + 678.901],
    ["a dot without digits", "2026-01-02T12:00:00.Z", NOON],
    ["more than nine digits", "2026-01-02T12:00:00.500000000000Z", NOON + 500],
    ["a comma as the fraction mark", "2026-01-02T12:00:00,5Z", NOON + 500],
    ["no zone, which means UTC", "2026-01-02T12:00:00", NOON],
    ["a space instead of T", "2026-01-02 12:00:00", NOON],
    ["a space before the offset", "2026-01-02 12:00:00 +0000", NOON],
    ["Ruby's UTC suffix", "2026-01-02 12:00:00 UTC", NOON],
    ["lower case letters", "2026-01-02t12:00:00z", NOON],
    ["a negative offset", "2026-01-02T06:30:00-05:30", NOON],
    ["an offset without colon", "2026-01-02T14:00:00+0200", NOON],
    ["an offset of hours only", "2026-01-02T14:00:00+02", NOON],
    ["no seconds", "2026-01-02T12:00Z", NOON],
    ["a date alone", "2026-01-02", Date.UTC(2026, 0, 2)],
    ["a leap day", "2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["a leap second as the next minute", "2016-12-31T23:59:60Z", Date.UTC(2017, 0, 1)],
    ["surrounding spaces", " 2026-01-02T12:00:00Z ", NOON],
  ])("reads %s", (_form, value, expected) => {
    expect(parseTimestamp(value)).toBe(expected);
  });

  it.each([
    ["negative seconds", -1],
    ["negative numeric text", "-1"],
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["milliseconds in place of seconds", 1_767_355_200_000],
    ["a time before 1970", "1969-12-31T23:59:59Z"],
    ["a time made negative by its offset", "1970-01-01T00:00:00+01:00"],
    ["month 13", "2026-13-01T00:00:00Z"],
    ["month 0", "2026-00-01T00:00:00Z"],
    ["day 30 of February", "2026-02-30T00:00:00Z"],
    ["day 0", "2026-01-00"],
    ["hour 24", "2026-01-02T24:00:00Z"],
    ["minute 60", "2026-01-02T12:60:00Z"],
    ["second 61", "2026-01-02T12:00:61Z"],
    ["offset of 24 hours", "2026-01-02T12:00:00+24:00"],
    ["offset of 60 minutes", "2026-01-02T12:00:00+01:60"],
    ["a year of two digits", "26-01-02T12:00:00Z"],
    ["other words", "yesterday"],
    ["empty text", ""],
    ["very long text", "1".repeat(100)],
    ["null", null],
    ["undefined", undefined],
    ["a boolean", true],
    ["an object", {}],
    ["a list", [1]],
  ])("refuses %s", (_form, value) => {
    expect(parseTimestamp(value)).toBeNull();
  });

  it("reads back every time that toISOString writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) => {
        expect(parseTimestamp(new Date(ms).toISOString())).toBe(ms);
        expect(parseTimestamp(Math.floor(ms / 1000))).toBe(Math.floor(ms / 1000) * 1000);
      }),
    );
  });

  it("never throws and never returns a negative or unbounded time", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const ms = parseTimestamp(value);
        expect(ms === null || (ms >= 0 && Number.isFinite(ms))).toBe(true);
      }),
    );
  });
});
