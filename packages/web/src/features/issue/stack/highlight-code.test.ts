import { expect, it } from "vitest";
import { highlightCode } from "./highlight-code.js";

it.each([
  "const total = items.reduce((sum, item) => sum + item.price * 1.19, 0); // with tax",
  "raise ValueError(f'no cart {cart_id!r}')  # see ticket",
  '<script>alert("x")</script> "unclosed',
  "\u202e\u0000\ud800 'quote",
  "",
])("loses nothing of %j", (line) => {
  expect(
    highlightCode(line)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(line);
});

it("tells keywords, strings, numbers and comments apart", () => {
  const tones = highlightCode("return 'a' + 12 // end").filter((piece) => piece.tone !== "plain");
  expect(tones.map((piece) => [piece.text, piece.tone])).toEqual([
    ["return", "keyword"],
    ["'a'", "string"],
    ["12", "number"],
    ["// end", "comment"],
  ]);
});
