import { describe, expect, it } from "vitest";
import type { JsonObject } from "./form-reader.js";
import { readMessageForm } from "./message-form.js";

const text = (length: number): string => "x".repeat(length);
const embedWith = (embed: JsonObject): JsonObject => ({ embeds: [embed] });
const fieldWith = (field: JsonObject): JsonObject =>
  embedWith({ fields: [{ name: "n", value: "v", ...field }] });
const button = (extra: JsonObject): JsonObject => ({
  type: 2,
  style: 5,
  label: "Open",
  url: "https://example.com",
  ...extra,
});
const rowOf = (...components: readonly unknown[]): JsonObject => ({ components: [{ type: 1, components }] });
const interactive = (id: string): JsonObject => ({ type: 2, style: 1, label: "Go", custom_id: id });
const select = (count: number): JsonObject => ({
  type: 3,
  custom_id: "s",
  options: Array.from({ length: count }, (_, index) => ({ label: `l${index}`, value: `v${index}` })),
});
const v2 = (components: readonly unknown[]): JsonObject => ({ flags: 1 << 15, components });
const display = (length: number): JsonObject => ({ type: 10, content: text(length) });

function faults(body: JsonObject, sender: "webhook" | "bot" = "bot"): Record<string, unknown> {
  return readMessageForm(body, { sender, withComponents: true }).errors.toNested();
}

function codes(body: JsonObject, sender: "webhook" | "bot" = "bot"): readonly string[] {
  return [...JSON.stringify(faults(body, sender)).matchAll(/"code":"(\w+)"/g)].map((match) => match[1] ?? "");
}

const LENGTHS: readonly (readonly [what: string, limit: number, make: (length: number) => JsonObject])[] = [
  ["content", 2000, (length) => ({ content: text(length) })],
  ["embed title", 256, (length) => embedWith({ title: text(length) })],
  ["embed description", 4096, (length) => embedWith({ description: text(length) })],
  ["field name", 256, (length) => fieldWith({ name: text(length) })],
  ["field value", 1024, (length) => fieldWith({ value: text(length) })],
  ["footer text", 2048, (length) => embedWith({ footer: { text: text(length) } })],
  ["author name", 256, (length) => embedWith({ author: { name: text(length) } })],
  ["button label", 80, (length) => rowOf(button({ label: text(length) }))],
  ["custom id", 100, (length) => rowOf(interactive(text(length)))],
  ["link button url", 512, (length) => rowOf(button({ url: `https://a.example/${text(length - 18)}` }))],
  ["thread name", 100, (length) => ({ thread_name: text(length) })],
  ["nonce", 25, (length) => ({ nonce: text(length) })],
  ["embeds", 10, (count) => ({ embeds: Array.from({ length: count }, () => ({ title: "t" })) })],
  [
    "fields",
    25,
    (count) => embedWith({ fields: Array.from({ length: count }, () => ({ name: "n", value: "v" })) }),
  ],
  [
    "rows",
    5,
    (count) => ({ components: Array.from({ length: count }, () => ({ type: 1, components: [button({})] })) }),
  ],
  ["buttons of a row", 5, (count) => rowOf(...Array.from({ length: count }, () => button({})))],
  ["options of a select", 25, (count) => rowOf(select(count))],
  [
    "allowed users",
    100,
    (count) => ({ allowed_mentions: { users: Array.from({ length: count }, () => "123456789012345678") } }),
  ],
  ["attachments", 10, (count) => ({ attachments: Array.from({ length: count }, (_, id) => ({ id })) })],
  ["V2 components", 40, (count) => v2(Array.from({ length: count }, () => display(1)))],
];

describe("limits of a message", () => {
  it.each(LENGTHS)("takes as much %s as Discord (%i) and no more", (_what, limit, make) => {
    expect(faults(make(limit))).toEqual({});
    expect(codes(make(limit + 1))).toContain("BASE_TYPE_MAX_LENGTH");
  });

  it("takes 6000 characters over all embeds and no more", () => {
    const total = (last: number): JsonObject => ({
      embeds: [
        { description: text(4000) },
        { title: text(200), fields: [{ name: text(100), value: text(700) }], footer: { text: text(last) } },
      ],
    });
    expect(faults(total(1000))).toEqual({});
    const message = "Embed size exceeds maximum size of 6000";
    expect(faults(total(1001))).toEqual({
      embeds: { _errors: [{ code: "MAX_EMBED_SIZE_EXCEEDED", message }] },
    });
  });

  it("takes 4000 characters over all V2 text displays and no more", () => {
    expect(faults(v2([display(2000), display(2000)]))).toEqual({});
    expect(codes(v2([display(2000), display(2001)]))).toEqual(["COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"]);
  });

  it("measures after trimming outer white space", () => {
    expect(faults({ content: `  ${text(2000)}\n` })).toEqual({});
  });

  it("says where the fault is in Discord's nested form", () => {
    const wrong = { code: "BASE_TYPE_MAX_LENGTH", message: "Must be 1024 or fewer in length." };
    expect(faults({ embeds: [{ title: "fine" }, { fields: [{ name: "n", value: text(1025) }] }] })).toEqual({
      embeds: { 1: { fields: { 0: { value: { _errors: [wrong] } } } } },
    });
  });
});

describe("values of an embed", () => {
  it.each([[{ name: "", value: "v" }], [{ name: "n", value: "  " }], [{ name: "n" }]])(
    "refuses the field %j",
    (field) => {
      expect(codes(embedWith({ fields: [field] }))).toEqual(["BASE_TYPE_REQUIRED"]);
    },
  );

  it.each([
    ["https://example.com/a", []],
    ["http://127.0.0.1:9000/issues/1/", []],
    ["http://localhost:9000/", ["URL_TYPE_INVALID_URL"]],
    ["not a url", ["URL_TYPE_INVALID_URL"]],
    ["ftp://example.com", ["URL_TYPE_INVALID_SCHEME"]],
    ["javascript:alert(1)", ["URL_TYPE_INVALID_SCHEME"]],
  ])("judges the address %s", (url, expected) => {
    expect(codes(embedWith({ title: "t", url }))).toEqual(expected);
  });

  it.each([
    [0, []],
    [16_777_215, []],
    [16_777_216, ["NUMBER_TYPE_MAX"]],
    ["#ff0000", ["NUMBER_TYPE_COERCE"]],
  ])("judges the colour %s", (color, expected) => {
    expect(codes(embedWith({ title: "t", color }))).toEqual(expected);
  });

  it("refuses a timestamp that is not ISO 8601", () => {
    expect(codes(embedWith({ title: "t", timestamp: "yesterday" }))).toEqual(["DATE_TIME_TYPE_PARSE"]);
  });

  it("drops an embed that shows nothing", () => {
    const { form } = readMessageForm(embedWith({ color: 1 }), { sender: "webhook", withComponents: false });
    expect(form.embeds).toEqual([]);
  });
});

describe("components", () => {
  it("lets a plain webhook carry link buttons and no others", () => {
    expect(faults(rowOf(button({})), "webhook")).toEqual({});
    expect(codes(rowOf(interactive("a")), "webhook")).toEqual(["COMPONENT_INTERACTIVE_NOT_ALLOWED"]);
  });

  it("refuses a custom id used twice", () => {
    expect(codes(rowOf(interactive("a"), interactive("a")))).toEqual(["COMPONENT_CUSTOM_ID_DUPLICATED"]);
  });

  it("refuses a link button without url or on a host without a dot", () => {
    expect(codes(rowOf({ type: 2, style: 5, label: "x" }))).toEqual(["BASE_TYPE_REQUIRED"]);
    expect(codes(rowOf(button({ url: "http://localhost/x" })))).toEqual(["URL_TYPE_INVALID_URL"]);
  });

  it("refuses V2 components without the flag, and content beside the flag", () => {
    expect(codes({ components: [display(1)] })).toEqual(["BASE_TYPE_CHOICES"]);
    expect(codes({ ...v2([display(1)]), content: "x" })).toEqual([
      "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ]);
  });
});

describe("the name of a webhook", () => {
  it.each([
    [text(80), []],
    [text(81), ["BASE_TYPE_BAD_LENGTH"]],
    ["", ["BASE_TYPE_BAD_LENGTH"]],
    ["My Discord Bot", ["USERNAME_INVALID_CONTAINS"]],
    ["Clyde", ["USERNAME_INVALID_CONTAINS"]],
    ["here", ["USERNAME_INVALID"]],
  ])("judges %s", (username, expected) => {
    expect(codes({ content: "x", username }, "webhook")).toEqual(expected);
  });
});
