import { describe, expect, it } from "vitest";
import { normalised } from "./payload.test-kit.js";

describe("tags", () => {
  it.each([
    [
      { a: "b", n: 1, yes: true, no: false },
      [
        ["a", "b"],
        ["n", "1"],
        ["yes", "True"],
        ["no", "False"],
      ],
    ],
    [[["a", "b"], null, ["c", null], ["a", "second"]], [["a", "b"]]],
    [
      { " my key ": "v", "a.b:c-d_e": "v" },
      [
        ["my-key", "v"],
        ["a.b:c-d_e", "v"],
      ],
    ],
    [{ "bad/key": "v", ключ: "v", ok: "v" }, [["ok", "v"]]],
    [{ release: "1", dist: "2", user: "3", filename: "4", function: "5", kept: "6" }, [["kept", "6"]]],
    [{ a: "line\nbreak", b: "", c: {} }, [["a", "line break"]]],
    [{}, undefined],
    [[], undefined],
    [null, undefined],
    ["text", undefined],
  ])("reads %j", (tags, expected) => {
    expect(normalised({ tags }).tags).toEqual(expected);
  });

  it("cuts long values and drops long keys", () => {
    const tags = normalised({ tags: { long: "x".repeat(201), ["k".repeat(201)]: "v" } }).tags;
    expect(tags).toEqual([["long", `${"x".repeat(197)}...`]]);
  });

  it("promotes the environment when the event has none", () => {
    expect(normalised({ tags: { environment: "staging" } })).toMatchObject({
      environment: "staging",
      tags: undefined,
    });
    expect(normalised({ environment: "production", tags: { environment: "staging" } }).environment).toBe(
      "production",
    );
  });
});

describe("release, dist and environment", () => {
  it.each([
    ["shop@1.2.3", "shop@1.2.3"],
    ["  1.0 ", "1.0"],
    [1.5, "1.5"],
    [true, "True"],
    ["latest", undefined],
    [".", undefined],
    ["..", undefined],
    ["a/b", undefined],
    ["a\\b", undefined],
    ["a\nb", undefined],
    ["", undefined],
    [{}, undefined],
  ])("reads the release %j as %s", (release, expected) => {
    expect(normalised({ release }).release).toBe(expected);
  });

  it.each([
    ["42", "42"],
    [42, "42"],
    ["a_b.c-d", "a_b.c-d"],
    ["a b", undefined],
    ["x".repeat(65), undefined],
  ])("reads the dist %j as %s", (dist, expected) => {
    expect(normalised({ release: "1", dist }).dist).toBe(expected);
  });

  it.each([
    ["production", "production"],
    ["none", undefined],
    ["a/b", undefined],
    ["a\nb", undefined],
    ["", undefined],
  ])("reads the environment %j as %s", (environment, expected) => {
    expect(normalised({ environment }).environment).toBe(expected);
  });
});

describe("fingerprint", () => {
  it.each([
    [
      ["a", "b"],
      ["a", "b"],
    ],
    [
      ["a", 1, 2.9, -1.5, true, null, {}, []],
      ["a", "1", "2", "-1", "True"],
    ],
    [
      ["{{ default }}", "a"],
      ["{{ default }}", "a"],
    ],
    [["{{ default }}"], undefined],
    [["{{default}}"], undefined],
    [[], undefined],
    ["a", undefined],
    [{ a: 1 }, undefined],
  ])("reads %j", (fingerprint, expected) => {
    expect(normalised({ fingerprint }).fingerprint).toEqual(expected);
  });
});
