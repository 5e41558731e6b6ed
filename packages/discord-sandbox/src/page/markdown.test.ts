import { describe, expect, it } from "vitest";
import { parseMarkdown } from "./markdown.js";

const text = (value: string): unknown => ({ kind: "text", text: value });

describe("parseMarkdown", () => {
  it("reads bold, italic, code and masked links", () => {
    expect(parseMarkdown("**a *b*** `c` [d](https://e.example/f)")).toEqual([
      { kind: "bold", children: [text("a "), { kind: "italic", children: [text("b")] }] },
      text(" "),
      { kind: "code", text: "c" },
      text(" "),
      { kind: "link", url: "https://e.example/f", children: [text("d")] },
    ]);
  });

  it("reads a code block with its language and nothing inside it", () => {
    expect(parseMarkdown("```js\nconst a = **1**;\n```")).toEqual([
      { kind: "codeBlock", language: "js", text: "const a = **1**;" },
    ]);
  });

  it("reads times and mentions", () => {
    expect(parseMarkdown("<t:1700000000:R> @here")).toEqual([
      { kind: "time", seconds: 1_700_000_000, style: "R" },
      text(" "),
      { kind: "mention", text: "@here" },
    ]);
  });

  it.each(["\\*a\\*", "[a](javascript:alert(1))", "<script>", "snake_case_name", "2 * 3 * 4"])(
    "leaves %s as text",
    (source) => {
      const nodes = parseMarkdown(source);
      expect(nodes.every(({ kind }) => kind === "text")).toBe(true);
    },
  );

  it("reads 4000 unclosed marks within a second", () => {
    for (const mark of ["*", "_", "`", "[", "||", "~~", "\\", "> ", "<t:1"]) {
      const startedMs = performance.now();
      parseMarkdown(mark.repeat(4_000 / mark.length));
      expect(performance.now() - startedMs).toBeLessThan(1_000);
    }
  });
});
