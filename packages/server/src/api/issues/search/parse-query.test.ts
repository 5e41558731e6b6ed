import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/app-error.js";
import { parseQuery } from "./parse-query.js";
import { patternOf } from "./search-query.js";

const term = (key: string, values: readonly (readonly string[])[], rest: object = {}) => ({
  key,
  isTag: false,
  negated: false,
  operator: "=",
  values,
  ...rest,
});

/** How reading ends: well, with a sentence for the person, or in a way it must not. */
function failureOf(text: string): "none" | "refused" | "other" {
  try {
    parseQuery(text);
    return "none";
  } catch (error) {
    return error instanceof AppError ? "refused" : "other";
  }
}

describe("reading a search", () => {
  it.each([
    ["is:unresolved", [term("is", [["unresolved"]])], null],
    ["!level:error", [term("level", [["error"]], { negated: true })], null],
    ["level:[error, fatal]", [term("level", [["error"], ["fatal"]])], null],
    ['release:["a, b", c]', [term("release", [["a, b"], ["c"]])], null],
    ["release:[a*, b]", [term("release", [["a*"], ["b"]])], null],
    ["title:Type*Error", [term("title", [["Type", "Error"]])], null],
    [String.raw`title:a\*b`, [term("title", [["a*b"]])], null],
    ['title:"a b*"', [term("title", [["a b*"]])], null],
    [String.raw`title:"say \"hi\""`, [term("title", [['say "hi"']])], null],
    ['dist:""', [term("dist", [[""]])], null],
    ["timesSeen:>=100", [term("timesSeen", [["100"]], { operator: ">=" })], null],
    ["lastSeen:-24h", [term("lastSeen", [["-24h"]])], null],
    ["user.email:a@b.c", [term("user.email", [["a@b.c"]])], null],
    ["tags[level]:x", [term("level", [["x"]], { isTag: true })], null],
    ['tags["my key"]:x', [term("my key", [["x"]], { isTag: true })], null],
    ['flags["new-cart"]:true', [term("flags.new-cart", [["true"]], { isTag: true })], null],
    ["tags[a]:x y", [term("a", [["x"]], { isTag: true })], ["y"]],
    ["has:release free words", [term("has", [["release"]])], ["free words"]],
    ["one level:error two", [term("level", [["error"]])], ["one two"]],
    ["TypeError: x is undefined", [], ["TypeError: x is undefined"]],
    ["https://example.com/a?b=c", [], ["https://example.com/a?b=c"]],
    ['"level:error"', [], ["level:error"]],
    ["call foo() failed*", [], ["call foo() failed", ""]],
    ["", [], null],
    ["   ", [], null],
  ])("reads %s", (text, terms, free) => {
    expect(parseQuery(text)).toEqual({ terms, text: free });
  });

  it.each([
    ["a AND b", /AND is not supported/],
    ["a OR b", /OR is not supported/],
    ["(a b)", /Parentheses/],
    ["level:", /Empty value for level/],
    ['level:"open', /not closed/],
    ["level:[a", /not closed/],
    ["level:[]", /is empty/],
    ["timesSeen:>[1]", /cannot be compared/],
    ["level:error ".repeat(51), /at most 50 terms/],
    [`level:[${"a,".repeat(101)}]`, /at most 100 values/],
    ["a".repeat(1_501), /at most 1500 characters/],
    ["title:a\0b", /NUL/],
  ])("refuses %s", (text, message) => {
    expect(() => parseQuery(text)).toThrow(message);
  });

  it("never fails but with a sentence for the person", () => {
    expect(failureOf("a OR b")).toBe("refused");
    const piece = oneof(
      string({ unit: "binary", maxLength: 20 }),
      constantFrom("level:", "!", "[", "]", '"', "\\", "*", "tags[", "AND", " ", "(", ":", ">", ","),
    );
    assert(
      property(array(piece, { maxLength: 30 }), (pieces) => {
        return failureOf(pieces.join("")) !== "other";
      }),
      { numRuns: 2_000 },
    );
  });

  it("joins to the same text what it splits at stars", () => {
    expect(patternOf("a**b")).toEqual(["a", "b"]);
    expect(patternOf("\\")).toEqual(["\\"]);
    expect(patternOf("*")).toEqual(["", ""]);
  });
});
