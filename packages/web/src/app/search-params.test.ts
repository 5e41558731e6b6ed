import { expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./search-params.js";

it("keeps versions and numbers as text", () => {
  expect(parseSearch("?query=release%3A1.0&project=1")).toEqual({ query: "release:1.0", project: "1" });
});

it("reads repeated keys as a list and writes them back", () => {
  const search = { project: ["1", "2"], sort: "new" };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

it("leaves out what is undefined or empty", () => {
  expect(stringifySearch({ project: [], query: undefined })).toBe("");
});
