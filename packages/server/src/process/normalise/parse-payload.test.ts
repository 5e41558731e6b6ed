import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parsePayload } from "./parse-payload.js";
import { decodeStoreBody } from "./store-body.js";

const bytes = (text: string): Buffer => Buffer.from(text);

describe("parsePayload", () => {
  it("parses plain JSON without looking at its strings", () => {
    expect(parsePayload(bytes('{"a":"ä😀"}'))).toEqual({ ok: true, value: { a: "ä😀" }, cleaned: false });
  });

  it.each([
    [String.raw`{"a":"\ud83d\ude00"}`, { a: "😀" }],
    [String.raw`{"a":"x\ud800y"}`, { a: "x\ufffdy" }],
    [String.raw`{"\udc00":["\uDC00"]}`, { "\ufffd": ["\ufffd"] }],
    [String.raw`{"a\u0000b":"c\u0000d"}`, { ab: "cd" }],
  ])("cleans the strings of %s", (text, value) => {
    expect(parsePayload(bytes(text))).toEqual({ ok: true, value, cleaned: true });
  });

  it.each(['{"__proto__":{"polluted":1},"a":1}', String.raw`{"\u005f_proto__":{"polluted":1},"a":1}`])(
    "drops the prototype key of %s",
    (text) => {
      const result = parsePayload(bytes(text));
      expect(result.ok && Object.keys(result.value as object)).toEqual(["a"]);
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    },
  );

  it.each([
    ['{"a":NaN,"b":-Infinity,"c":[Infinity]}', { a: null, b: null, c: [null] }],
    [String.raw`{"a":NaN,"b":"NaN \" Infinity"}`, { a: null, b: 'NaN " Infinity' }],
  ])("reads the bare tokens of Python in %s as null", (text, value) => {
    expect(parsePayload(bytes(text))).toMatchObject({ ok: true, value });
  });

  it.each([
    ["", "no_data"],
    ["  \n", "no_data"],
    ["{", "invalid_json"],
    ["{a:1}", "invalid_json"],
    ["NaN oops", "invalid_json"],
  ])("refuses %j", (text, reason) => {
    expect(parsePayload(bytes(text))).toEqual({ ok: false, reason });
  });

  it("replaces broken UTF-8 and skips a byte order mark", () => {
    expect(parsePayload(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ value: "\ufffd" });
    expect(parsePayload(bytes("\ufeff{}"))).toMatchObject({ value: {} });
  });

  it.each([
    ["unclosed strings", `{"a":NaN,${'\\"'.repeat(300_000)}`],
    ["backslashes", `{"a":NaN,"${"\\\\".repeat(500_000)}`],
  ])("gives up quickly on a megabyte of %s", (_name, text) => {
    const start = performance.now();
    expect(parsePayload(text)).toEqual({ ok: false, reason: "invalid_json" });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("survives nesting of a hundred thousand levels", () => {
    const text = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)},"b":"\\ud800"}`;
    expect(parsePayload(bytes(text)).ok).toBe(true);
  });
});

describe("decodeStoreBody", () => {
  const json = '{"message":"hello"}';

  it.each([
    ["plain JSON", bytes(json)],
    ["JSON after blanks", bytes(` \n${json}`)],
    ["base64", bytes(Buffer.from(json).toString("base64"))],
    ["base64 of zlib", bytes(deflateSync(json).toString("base64"))],
    ["zlib", deflateSync(json)],
  ])("reads %s", (_name, body) => {
    const result = decodeStoreBody(body);
    expect(result.ok && Buffer.from(result.json).toString().trim()).toBe(json);
  });

  it.each([
    ["nothing", bytes(""), "no_data"],
    ["text", bytes("hello world, no base64!"), "invalid_json"],
    ["base64 of something else", bytes(Buffer.from("hello").toString("base64")), "invalid_json"],
  ])("refuses %s", (_name, body, reason) => {
    expect(decodeStoreBody(body)).toEqual({ ok: false, reason });
  });

  it("gives up quickly on a megabyte of blanks", () => {
    const start = performance.now();
    expect(decodeStoreBody(bytes(`a${" ".repeat(1_000_000)}!`)).ok).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("stops inflating at the limit", () => {
    const bomb = bytes(deflateSync(Buffer.alloc(3 * 1024 * 1024, 0x20)).toString("base64"));
    expect(decodeStoreBody(bomb)).toEqual({ ok: false, reason: "too_large:event" });
    expect(decodeStoreBody(bytes(`{"a":"${"x".repeat(100)}"}`), 50)).toEqual({
      ok: false,
      reason: "too_large:event",
    });
  });
});
