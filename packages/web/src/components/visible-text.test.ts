import { expect, it } from "vitest";
import { visibleText } from "./visible-text.js";

it("shows what would turn the text round", () => {
  expect(visibleText("invoice\u202Egnp.exe")).toBe("invoice⟨202e⟩gnp.exe");
});

it("shows control characters and keeps line ends and tabs", () => {
  expect(visibleText("a\u0000b\u001b[31m\n\tc")).toBe("a⟨0000⟩b⟨001b⟩[31m\n\tc");
});

it("leaves ordinary text of any script alone", () => {
  const text = "Ünïcödé 日本語 שלום 🚨";
  expect(visibleText(text)).toBe(text);
});
