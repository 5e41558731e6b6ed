import { describe, expect, it } from "vitest";
import { fillVariables } from "./fill-variables.js";

const values: Readonly<Record<string, string>> = {
  HOOK: "https://example.test/1",
  EMPTY: "",
  NESTED: "${HOOK}",
};
const fill = (document: unknown) => fillVariables(document, (name) => values[name]);

describe("fillVariables", () => {
  it.each([
    ["a whole text", "${HOOK}", "https://example.test/1"],
    ["a part of a text", "see ${HOOK}!", "see https://example.test/1!"],
    ["twice in a text", "${HOOK} ${HOOK}", "https://example.test/1 https://example.test/1"],
    ["an empty value", "[${EMPTY}]", "[]"],
    ["no value again for further variables", "${NESTED}", "${HOOK}"],
    ["an escaped variable as its own text", "$${HOOK}", "${HOOK}"],
    ["text that only resembles a variable as it is", "$HOOK ${1} ${ HOOK } ${}", "$HOOK ${1} ${ HOOK } ${}"],
  ])("fills %s", (_, text, filled) => {
    expect(fill({ a: [text] })).toEqual({ document: { a: [filled] }, missing: [] });
  });

  it("leaves keys, numbers, switches and nulls alone", () => {
    const document = { "${HOOK}": 1, b: true, c: null };
    expect(fill(document)).toEqual({ document, missing: [] });
  });

  it("names each missing variable with its place", () => {
    const document = { channels: [{ webhookUrl: "${NONE}" }, { tags: ["x", "${OTHER}"] }] };
    expect(fill(document)).toEqual({
      document,
      missing: [
        { path: "channels[0].webhookUrl", name: "NONE" },
        { path: "channels[1].tags[1]", name: "OTHER" },
      ],
    });
  });
});
