import { describe, expect, it } from "vitest";
import type { Envelope, EnvelopeErrorCode } from "./envelope.js";
import { MAX_ENVELOPE_ITEMS, MAX_HEADER_BYTES, parseEnvelope, parseEnvelopeHeader } from "./envelope.js";

const ID = "9ec79c33ec9942ab8353589fcb2e04dc";

function parsed(text: string): Envelope {
  const result = parseEnvelope(Buffer.from(text));
  if (!result.ok) throw new Error(`expected an envelope, got ${result.code}`);
  return result;
}

/** Items as `type=payload`, for short expectations. */
function items(text: string): readonly string[] {
  return parsed(text).items.map((item) => `${item.header.type}=${item.payload.toString()}`);
}

describe("framing", () => {
  it("reads what Python sends: lengths and a final newline", () => {
    const text = `{"event_id":"${ID}","sent_at":"2026-01-02T03:04:05.678901Z"}\n{"type":"event","content_type":"application/json","length":41}\n{"message":"hi","level":"info","tags":{}}\n`;
    const envelope = parsed(text);
    expect(envelope.header).toEqual({ event_id: ID, sent_at: "2026-01-02T03:04:05.678901Z" });
    expect(envelope.items).toHaveLength(1);
    expect(envelope.items[0]?.header).toEqual({
      type: "event",
      content_type: "application/json",
      length: 41,
    });
    expect(envelope.items[0]?.payload.toString()).toBe('{"message":"hi","level":"info","tags":{}}');
  });

  it.each([
    [
      "what JavaScript sends: no length, no final newline",
      '{}\n{"type":"event"}\n{"a":1}',
      ['event={"a":1}'],
    ],
    ["several items without length", '{}\n{"type":"a"}\n1\n{"type":"b"}\n2', ["a=1", "b=2"]],
    [
      "items with and without length mixed",
      '{}\n{"type":"a","length":3}\nx\ny\n{"type":"b"}\n2\n',
      ["a=x\ny", "b=2"],
    ],
    ["a length of null as no length", '{}\n{"type":"a","length":null}\n1\n', ["a=1"]],
    ["a payload holding newlines", '{}\n{"type":"a","length":4}\n\n\n\n\n\n', ["a=\n\n\n\n"]],
    ["an empty payload with length 0", '{}\n{"type":"a","length":0}\n\n{"type":"b"}\n2', ["a=", "b=2"]],
    ["an empty payload with length 0 at the end", '{}\n{"type":"a","length":0}\n', ["a="]],
    ["a last item header directly followed by the end", '{}\n{"type":"a","length":0}', ["a="]],
    ["a last item header without length at the end", '{}\n{"type":"a"}', ["a="]],
    ["an empty payload without length", '{}\n{"type":"a"}\n\n{"type":"b"}\n2', ["a=", "b=2"]],
    ["no items", "{}", []],
    ["no items and a newline", "{}\n", []],
    ["no items and blank lines", "{}\n\n\n", []],
    ["blank lines at the end", '{}\n{"type":"a"}\n1\n\n\n', ["a=1"]],
    ["a CRLF blank line at the end", '{}\n{"type":"a"}\n1\n\r\n', ["a=1"]],
    ["a stray blank line between items", '{}\n{"type":"a","length":1}\n1\n\n{"type":"b"}\n2', ["a=1", "b=2"]],
    ["header lines that end with CRLF", '{}\r\n{"type":"a","length":1}\r\n1\n', ["a=1"]],
    ["a CR before the newline as part of the payload", '{}\n{"type":"a"}\n1\r\n', ["a=1\r"]],
    ["types nobody knows", '{}\n{"type":"hologram"}\n1\n', ["hologram=1"]],
  ])("accepts %s", (_form, text, expected) => {
    expect(items(text)).toEqual(expected);
  });

  it("keeps binary payloads byte for byte without copying them", () => {
    const payload = Buffer.from([0, 255, 10, 13, 10, 128]);
    const body = Buffer.concat([Buffer.from('{}\n{"type":"attachment","length":6}\n'), payload]);
    const result = parseEnvelope(body);
    const read = result.ok ? result.items[0]?.payload : undefined;
    expect(read).toEqual(payload);
    expect(read?.buffer).toBe(body.buffer);
  });

  it("counts length in bytes, not characters", () => {
    expect(items('{}\n{"type":"a","length":4}\näö\n{"type":"b"}\n1')).toEqual(["a=äö", "b=1"]);
  });

  it.each<[string, string, EnvelopeErrorCode]>([
    ["an empty body", "", "empty_body"],
    ["a blank first line", "\n{}", "invalid_header"],
    ["a header that is no JSON", "hello", "invalid_header"],
    ["a header that is a list", "[]", "invalid_header"],
    ["a header that is null", "null", "invalid_header"],
    ["a header over two lines", '{\n"a":1}', "invalid_header"],
    ["an item header that is no JSON", "{}\nhello\n", "invalid_item_header"],
    ["an item header that is a list", "{}\n[]\n", "invalid_item_header"],
    ["an item without type", '{}\n{"length":1}\n1', "invalid_item_header"],
    ["an item with an empty type", '{}\n{"type":""}\n1', "invalid_item_header"],
    ["an item whose type is a number", '{}\n{"type":1}\n1', "invalid_item_header"],
    ["a negative length", '{}\n{"type":"a","length":-1}\n1', "invalid_item_header"],
    ["a fractional length", '{}\n{"type":"a","length":1.5}\n1', "invalid_item_header"],
    ["a length as text", '{}\n{"type":"a","length":"1"}\n1', "invalid_item_header"],
    ["a length beyond what a number holds", '{}\n{"type":"a","length":1e300}\n1', "invalid_item_header"],
    ["a payload shorter than its length", '{}\n{"type":"a","length":5}\n123\n', "unexpected_eof"],
    ["a length where the body ends", '{}\n{"type":"a","length":1}', "unexpected_eof"],
    ["a payload longer than its length", '{}\n{"type":"a","length":2}\n123\n', "missing_newline"],
    ["more blank lines than stray ones", `{}\n${"\n".repeat(100)}`, "invalid_item_header"],
  ])("refuses %s", (_form, text, code) => {
    expect(parseEnvelope(Buffer.from(text))).toMatchObject({ ok: false, code });
  });
});

describe("headers", () => {
  it("keeps unknown keys of both headers", () => {
    const envelope = parsed('{"x":{"y":1}}\n{"type":"a","z":[1]}\n1');
    expect(envelope.header).toEqual({ x: { y: 1 } });
    expect(envelope.items[0]?.header).toEqual({ type: "a", z: [1] });
  });

  it.each([
    ["hyphens and capitals", "9EC79C33-EC99-42AB-8353-589FCB2E04DC"],
    ["the stored form", ID],
  ])("brings an event id with %s to the stored form", (_form, id) => {
    expect(parsed(JSON.stringify({ event_id: id })).header.event_id).toBe(ID);
  });

  it.each([[null], [""], ["00000000000000000000000000000000"]])("treats the event id %j as absent", (id) => {
    expect(parsed(JSON.stringify({ event_id: id })).header).toEqual({});
  });

  it.each([["abc"], [5], [{}], [true]])("refuses the event id %j", (id) => {
    const result = parseEnvelope(Buffer.from(JSON.stringify({ event_id: id })));
    expect(result).toMatchObject({ ok: false, code: "invalid_event_id" });
  });

  it("drops known keys of the wrong type", () => {
    const envelope = parsed(
      '{"dsn":1,"sent_at":[],"sdk":null}\n{"type":"a","content_type":1,"item_count":"2","filename":{},"attachment_type":0,"platform":[]}\n1',
    );
    expect(envelope.header).toEqual({ sdk: null });
    expect(envelope.items[0]?.header).toEqual({ type: "a" });
  });

  it.each([[-1], [1.5], [null]])("drops the item count %j", (count) => {
    const envelope = parsed(`{}\n${JSON.stringify({ type: "log", item_count: count })}\n1`);
    expect(envelope.items[0]?.header).toEqual({ type: "log" });
  });

  it("takes the last of two sent_at keys", () => {
    expect(parsed('{"sent_at":"a","sent_at":"b"}').header.sent_at).toBe("b");
  });

  it("does not let a header reach object prototypes", () => {
    const envelope = parsed('{"__proto__":{"polluted":1}}\n{"type":"a","__proto__":{"length":9}}\n1');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(envelope.items[0]?.payload.toString()).toBe("1");
  });
});

describe("limits", () => {
  it("accepts as many items as allowed and refuses one more", () => {
    const allowed = `{}\n${'{"type":"a"}\n1\n'.repeat(MAX_ENVELOPE_ITEMS)}`;
    expect(parsed(allowed).items).toHaveLength(MAX_ENVELOPE_ITEMS);
    const result = parseEnvelope(Buffer.from(`${allowed}{"type":"a"}\n1\n`));
    expect(result).toMatchObject({ ok: false, code: "too_many_items" });
  });

  it("refuses header lines over the limit without parsing them", () => {
    const long = `{"a":"${"x".repeat(MAX_HEADER_BYTES)}"}`;
    expect(parseEnvelope(Buffer.from(long))).toMatchObject({ code: "header_too_large" });
    expect(parseEnvelope(Buffer.from(`{}\n${long}\n1`))).toMatchObject({ code: "header_too_large" });
  });

  it("refuses headers nested so deep that they could not be passed on", () => {
    const deep = `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    const usual = `{"a":${"[".repeat(20)}"${"x".repeat(300)}"${"]".repeat(20)}}`;
    expect(parseEnvelope(Buffer.from(deep))).toMatchObject({ code: "invalid_header" });
    expect(parseEnvelope(Buffer.from(`{}\n${deep}\n1`))).toMatchObject({ code: "invalid_item_header" });
    expect(parseEnvelope(Buffer.from(usual))).toMatchObject({ ok: true });
  });

  it("obeys limits of the caller", () => {
    const body = Buffer.from('{}\n{"type":"a"}\n1\n{"type":"b"}\n2');
    expect(parseEnvelope(body, { maxItems: 1, maxHeaderBytes: 100 })).toMatchObject({
      code: "too_many_items",
    });
    expect(parseEnvelope(body, { maxItems: 2, maxHeaderBytes: 11 })).toMatchObject({
      code: "header_too_large",
    });
    expect(parseEnvelope(body, { maxItems: 2, maxHeaderBytes: 12 })).toMatchObject({ ok: true });
  });
});

describe("parseEnvelopeHeader", () => {
  it("reads the first line alone and says where items begin", () => {
    const body = Buffer.from('{"dsn":"https://k@h/1"}\nthis is not an item');
    expect(parseEnvelopeHeader(body)).toEqual({ ok: true, header: { dsn: "https://k@h/1" }, itemsAt: 24 });
  });

  it("points at the end when there is nothing after the header", () => {
    expect(parseEnvelopeHeader(Buffer.from("{}"))).toMatchObject({ itemsAt: 2 });
    expect(parseEnvelopeHeader(Buffer.from("{}\n"))).toMatchObject({ itemsAt: 3 });
  });

  it("answers an error value for an empty body", () => {
    expect(parseEnvelopeHeader(Buffer.alloc(0))).toMatchObject({ ok: false, code: "empty_body" });
  });
});
