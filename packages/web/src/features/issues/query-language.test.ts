import { describe, expect, it } from "vitest";
import { applyCompletion, completionAt, parseQuery } from "./query-language.js";

describe("parseQuery", () => {
  it("tells filters from free text and reads negation", () => {
    const tokens = parseQuery("is:unresolved !level:error timeout");
    expect(tokens.map(({ kind, key, value, negated }) => [kind, key, value, negated])).toEqual([
      ["filter", "is", "unresolved", false],
      ["filter", "level", "error", true],
      ["text", "", "timeout", false],
    ]);
  });

  it("keeps quoted text and lists whole", () => {
    const tokens = parseQuery('message:"could not connect" level:[error, fatal]');
    expect(tokens.map((token) => token.value)).toEqual(['"could not connect"', "[error, fatal]"]);
  });

  it("survives quotes and brackets that are not closed", () => {
    expect(parseQuery('message:"half a').map((token) => token.value)).toEqual(['"half a']);
    expect(parseQuery("level:[error").map((token) => token.value)).toEqual(["[error"]);
    expect(parseQuery(']] :: "')).toHaveLength(3);
  });

  it("reads keys in tags[…] form", () => {
    expect(parseQuery("tags[level]:high")[0]).toMatchObject({ key: "tags[level]", value: "high" });
  });

  it("does not take an address for a filter with an odd key", () => {
    expect(parseQuery("  ")).toEqual([]);
  });
});

describe("completionAt", () => {
  it("completes a key at a word", () => {
    expect(completionAt("is:unresolved lev", 17)).toMatchObject({
      kind: "key",
      prefix: "lev",
      from: 14,
      to: 17,
    });
  });

  it("completes a value after the colon, also of a negated filter", () => {
    expect(completionAt("!level:er", 9)).toMatchObject({
      kind: "value",
      key: "level",
      prefix: "er",
      from: 7,
      to: 9,
    });
  });

  it("offers keys in empty space", () => {
    expect(completionAt("is:unresolved ", 14)).toMatchObject({ kind: "key", prefix: "", from: 14, to: 14 });
  });
});

describe("applyCompletion", () => {
  it("adds a colon after a key and a space after a value", () => {
    expect(applyCompletion("lev", completionAt("lev", 3), "level")).toEqual({ query: "level:", cursor: 6 });
    expect(applyCompletion("level:", completionAt("level:", 6), "error")).toEqual({
      query: "level:error ",
      cursor: 12,
    });
  });

  it("quotes values with spaces and keeps what follows", () => {
    const query = "os: is:unresolved";
    expect(applyCompletion(query, completionAt(query, 3), "Mac OS X").query).toBe(
      'os:"Mac OS X" is:unresolved',
    );
  });
});
