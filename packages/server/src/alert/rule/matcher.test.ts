import { describe, expect, it } from "vitest";
import { matchOperators } from "../../domain/rule.js";
import { compileMatcher } from "./matcher.js";
import type { Match } from "./matcher.js";

function passes(op: Match["op"], value: Match["value"], values: readonly string[]): boolean {
  const result = compileMatcher({ key: "k", op, value });
  if (!result.ok) throw new Error(result.problem);
  return result.test(values);
}

describe("a match operator", () => {
  it.each<[Match["op"], Match["value"], string[], boolean]>([
    ["is", "Ann", ["ann"], true],
    ["is", "ann", ["anna"], false],
    ["is", ["ann", "bob"], ["BOB"], true],
    ["is", 500, ["500"], true],
    ["is", "ann", [], false],
    ["is", "ann", ["bob", "ann"], true],
    ["is_not", "ann", ["bob"], true],
    ["is_not", "ann", ["bob", "ann"], false],
    ["is_not", "ann", [], true],
    ["contains", "TIME", ["a timeout"], true],
    ["contains", "%", ["100 %"], true],
    ["contains", "_", ["abc"], false],
    ["contains", "x", [], false],
    ["not_contains", "time", ["ok", "a timeout"], false],
    ["not_contains", "time", ["ok"], true],
    ["not_contains", "time", [], true],
    ["starts", "Node_Modules", ["node_modules/a.js"], true],
    ["starts", "a.js", ["node_modules/a.js"], false],
    ["not_starts", "node", ["node/a"], false],
    ["not_starts", "node", [], true],
    ["ends", ".TS", ["a.ts"], true],
    ["ends", ".ts", ["a.tsx"], false],
    ["not_ends", ".ts", ["a.ts"], false],
    ["not_ends", ".ts", [], true],
    ["in", "eu, US", ["us"], true],
    ["in", "eu,us", ["asia"], false],
    ["in", ["eu", "us,east"], ["us,east"], true],
    ["not_in", "eu,us", ["eu"], false],
    ["not_in", "eu,us", ["asia"], true],
    ["not_in", "eu", [], true],
    ["regex", "^5\\d\\d$", ["503"], true],
    ["regex", "^5\\d\\d$", ["404"], false],
    ["regex", ["^4", "^5"], ["404"], true],
    ["not_regex", "^5", ["404", "503"], false],
    ["not_regex", "^5", [], true],
    ["is_set", undefined, ["x"], true],
    ["is_set", undefined, [""], false],
    ["is_set", undefined, [], false],
    ["not_set", undefined, [], true],
    ["not_set", undefined, ["x"], false],
    ["gt", 499, ["500"], true],
    ["gt", 500, ["500"], false],
    ["gte", 500, ["500"], true],
    ["gte", 500, ["many"], false],
    ["gte", 500, [""], false],
    ["gte", 500, [], false],
    ["gte", "warning", ["error"], true],
    ["gte", "warning", ["info"], false],
    ["lt", "2.5", ["2"], true],
    ["lt", "2", ["2"], false],
    ["lte", "2", ["2"], true],
    ["lte", "warning", ["error"], false],
  ])("%s %j on %j is %s", (...[op, value, values, expected]) => {
    expect(passes(op, value, values)).toBe(expected);
  });

  it.each(matchOperators.filter((op) => op !== "is_set" && op !== "not_set"))(
    "%s is refused without a value",
    (op) => {
      expect(compileMatcher({ key: "k", op })).toMatchObject({ ok: false });
    },
  );

  it("is refused when it orders what has no order", () => {
    expect(compileMatcher({ key: "k", op: "gt", value: "soon" })).toMatchObject({
      ok: false,
      problem: expect.stringContaining("neither a number nor a level"),
    });
  });
});
