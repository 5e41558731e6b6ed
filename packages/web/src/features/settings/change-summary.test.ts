import { expect, it } from "vitest";
import { changeSummary } from "./change-summary.js";

it("tells each field that changed, with what it was before", () => {
  const diff = [
    { path: "name", from: null, to: "Shop" },
    { path: "interval", from: "1h", to: "24h" },
    { path: "tags", from: ["level"], to: null },
  ];
  expect(changeSummary({ origin: "file", diff })).toBe(
    'name: Shop, interval: 1h → 24h, tags: ["level"] → nothing',
  );
});

it("shows anything else as it is", () => {
  expect(changeSummary({ reason: "drill" })).toBe('{"reason":"drill"}');
});
