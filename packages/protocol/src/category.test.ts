import { describe, expect, it } from "vitest";
import { DATA_CATEGORIES, isDataCategory, lookedUpNames, toDataCategory } from "./category.js";

describe("lookedUpNames", () => {
  it.each([
    ["error", ["error"]],
    ["transaction", ["transaction"]],
    ["monitor", ["monitor"]],
    ["trace_metric", ["trace_metric", "metric"]],
    ["trace_metric_byte", ["trace_metric_byte", "trace_metric", "metric"]],
    ["log_item", ["log_item"]],
    ["log_byte", ["log_byte", "log_item"]],
    ["profile_chunk", ["profile_chunk", "profile"]],
    ["profile_chunk_ui", ["profile_chunk_ui", "profile_chunk", "profile"]],
    ["feedback", ["feedback", "default"]],
    ["attachment_item", ["attachment_item", "attachment"]],
  ] as const)("gives for %s the names SDKs check", (category, names) => {
    expect(lookedUpNames(category)).toEqual(names);
  });

  it("starts with the category's own name for every category", () => {
    for (const category of DATA_CATEGORIES) expect(lookedUpNames(category)[0]).toBe(category);
  });
});

describe("toDataCategory", () => {
  it.each([
    ["error", "error"],
    ["metric", "trace_metric"],
    ["crash", "error"],
    ["internal", null],
    ["", null],
    ["constructor", null],
  ])("maps %s to %s", (name, category) => {
    expect(toDataCategory(name)).toBe(category);
  });

  it("knows every category under its own name", () => {
    for (const category of DATA_CATEGORIES) {
      expect(isDataCategory(category)).toBe(true);
      expect(toDataCategory(category)).toBe(category);
    }
  });
});
