import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText } from "./cut-text.js";
import { escapeCode, escapeLine, escapeText, inlineCode } from "./escape.js";

const gap = "\u200B";

describe("text from an event", () => {
  it.each([
    ["plain words stay", "plain words stay"],
    [
      "order_total is *bold* ~~gone~~ ||hidden||",
      "order\\_total is \\*bold\\* \\~\\~gone\\~\\~ \\|\\|hidden\\|\\|",
    ],
    ["[click me](https://evil.example)", `\\[click me\\](https:${gap}//evil.example)`],
    ["see https://evil.example/x", `see https:${gap}//evil.example/x`],
    ["join discord.gg/abc", `join discord${gap}.gg/abc`],
    ["join DISCORD.COM/invite/abc", `join DISCORD${gap}.COM/invite/abc`],
    ["@everyone and @here", `@${gap}everyone and @${gap}here`],
    [
      "<@123456789012345678> <@&123456789012345678>",
      `<${gap}@123456789012345678> <${gap}@&123456789012345678>`,
    ],
    [
      "<#123456789012345678> <t:1:R> <:e:1> </run:1>",
      `<${gap}#123456789012345678> <${gap}t:1:R> <${gap}:e:1> <${gap}/run:1>`,
    ],
    ["<https://evil.example>", `<${gap}https:${gap}//evil.example>`],
    ["a < b > c", "a < b > c"],
    ["```js\nx\n```", "\\`\\`\\`js\nx\n\\`\\`\\`"],
    [
      "# big\n> quote\n- item\n-# small\n1. first",
      `\\# big\n\\> quote\n\\- item\n\\-# small\n1${gap}. first`,
    ],
    ["back\\slash", "back\\\\slash"],
    ["zero\u200Bwidth \u202Eevil\u202C \uFEFFmark\u0000", "zerowidth evil mark"],
    ["@\u200Beveryone @\u2060here", `@${gap}everyone @${gap}here`],
    ["half \uD83D pair", "half \uFFFD pair"],
    ["family 👨‍👩‍👧 and 🏳️‍🌈", "family 👨‍👩‍👧 and 🏳️‍🌈"],
    ["join\u200Der", "joiner"],
    ["user@example.com", "user@example.com"],
  ])("%j is shown as itself", (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  it("carries no backslashes where Discord reads no markdown", () => {
    expect(escapeText("order_total\n@everyone", "plain")).toBe(`order_total @${gap}everyone`);
  });

  it("cuts towers of marks on one letter", () => {
    expect(escapeText(`a${"\u0301".repeat(500)}`)).toHaveLength(5);
  });

  it("becomes one line where one is wanted", () => {
    expect(escapeLine("  a\n\n b\tc ")).toBe("a b c");
  });
});

describe("code from an event", () => {
  it("cannot end its block", () => {
    expect(escapeCode("a ``` b")).toBe(`a \`${gap}\`${gap}\` b`);
    expect(escapeCode("`one`")).toBe("`one`");
  });

  it("cannot end its span", () => {
    expect(inlineCode("a`b")).toBe("`aˋb`");
    expect(inlineCode(" \n ")).toBe("");
  });
});

describe("any text", () => {
  const anything = fc.string({ unit: "binary", maxLength: 400 });
  const nasty = fc
    .array(
      fc.constantFrom(
        "@everyone",
        "<@",
        "```",
        "\\",
        "discord.gg",
        "https://",
        "[a](b)",
        "👨‍👩‍👧",
        "\uD83D",
        "\u202E",
        "x",
      ),
    )
    .map((parts) => parts.join(""));

  it("holds no live mention, link or fence, and stays so when it is cut", () => {
    fc.assert(
      fc.property(fc.oneof(anything, nasty), fc.integer({ min: 1, max: 300 }), (text, max) => {
        const shown = cutText(escapeText(text), max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/@(everyone|here)|<[@#t]|:\/\/|discord\.gg/i);
        expect(shown.replace(/\\./gs, "")).not.toMatch(/[`*_~|[\]\\]/);
      }),
    );
  });

  it("cannot close a block of code", () => {
    fc.assert(
      fc.property(fc.oneof(anything, nasty), (text) => {
        expect(escapeCode(text)).not.toContain("``");
      }),
    );
  });
});

describe("cutting", () => {
  it.each([
    ["short", 10, "short"],
    ["exactly ten", 11, "exactly ten"],
    ["one too many", 11, "one too ma…"],
    ["family 👨‍👩‍👧", 12, "family…"],
    ["ab\\*cd", 4, "ab…"],
    ["anything", 0, ""],
  ])("%j to %i gives %j", (text, max, cut) => {
    expect(cutText(text, max)).toBe(cut);
  });
});
