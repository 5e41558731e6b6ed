import { describe, expect, it } from "vitest";
import { isTooDeep, maxJsonDepth } from "./json-depth.js";

const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

describe("the depth of a body", () => {
  it("is allowed up to the limit", () => {
    expect(isTooDeep(nested(maxJsonDepth))).toBe(false);
    expect(isTooDeep(nested(maxJsonDepth + 1))).toBe(true);
    expect(isTooDeep(`{"a":${'{"a":'.repeat(maxJsonDepth)}1${"}".repeat(maxJsonDepth + 1)}`)).toBe(true);
  });

  it("counts no brackets within texts", () => {
    expect(isTooDeep(JSON.stringify({ text: `\\"${"[{".repeat(1_000)}` }))).toBe(false);
  });

  it("goes down again where brackets close", () => {
    expect(isTooDeep(`[${"[[1]],".repeat(1_000)}1]`)).toBe(false);
  });
});
