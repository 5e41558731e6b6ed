import { describe, expect, it } from "vitest";
import { isNilEventId, newEventId, normaliseEventId } from "./event-id.js";

const PLAIN = "9ec79c33ec9942ab8353589fcb2e04dc";

describe("normaliseEventId", () => {
  it.each([
    ["plain hex", PLAIN],
    ["hyphenated", "9ec79c33-ec99-42ab-8353-589fcb2e04dc"],
    ["upper case", PLAIN.toUpperCase()],
    ["hyphenated upper case", "9EC79C33-EC99-42AB-8353-589FCB2E04DC"],
    ["surrounded by spaces", ` ${PLAIN} `],
  ])("accepts %s", (_form, text) => {
    expect(normaliseEventId(text)).toBe(PLAIN);
  });

  it.each([
    ["empty text", ""],
    ["one character too few", PLAIN.slice(1)],
    ["one character too many", `${PLAIN}0`],
    ["a letter that is not hex", `g${PLAIN.slice(1)}`],
    ["hyphens in other places", "9ec7-9c33ec9942ab8353589fcb2e04dc"],
    ["braces", `{${PLAIN}}`],
    ["the nil UUID", "0".repeat(32)],
    ["the hyphenated nil UUID", "00000000-0000-0000-0000-000000000000"],
    ["a second line", `${PLAIN}\n${PLAIN}`],
  ])("refuses %s", (_form, text) => {
    expect(normaliseEventId(text)).toBeNull();
  });
});

describe("isNilEventId", () => {
  it("knows the nil UUID in both forms and nothing else", () => {
    expect(isNilEventId("0".repeat(32))).toBe(true);
    expect(isNilEventId("00000000-0000-0000-0000-000000000000")).toBe(true);
    expect(isNilEventId(PLAIN)).toBe(false);
    expect(isNilEventId("0")).toBe(false);
  });
});

describe("newEventId", () => {
  it("makes a different id in the stored form each time", () => {
    const first = newEventId();
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(normaliseEventId(first)).toBe(first);
    expect(newEventId()).not.toBe(first);
  });
});
