import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEnvelope } from "./envelope.js";
import { writeEnvelope } from "./envelope-writer.js";

describe("writeEnvelope", () => {
  it("writes length and a final newline by default", () => {
    const body = writeEnvelope({ dsn: "d" }, [{ header: { type: "event" }, payload: '{"ä":1}' }]);
    expect(body.toString()).toBe('{"dsn":"d"}\n{"type":"event","length":8}\n{"ä":1}\n');
  });

  it("writes as JavaScript does when asked", () => {
    const options = { withLength: false, finalNewline: false };
    const body = writeEnvelope({}, [{ header: { type: "event" }, payload: "{}" }], options);
    expect(body.toString()).toBe('{}\n{"type":"event"}\n{}');
  });

  it("writes length all the same for a payload that holds a newline", () => {
    const body = writeEnvelope({}, [{ header: { type: "a" }, payload: "1\n2" }], { withLength: false });
    expect(body.toString()).toBe('{}\n{"type":"a","length":3}\n1\n2\n');
  });

  it("replaces a wrong length", () => {
    const body = writeEnvelope({}, [{ header: { type: "a", length: 99 }, payload: "1" }]);
    expect(body.toString()).toBe('{}\n{"type":"a","length":1}\n1\n');
  });

  it("writes an envelope without items", () => {
    expect(writeEnvelope({}, []).toString()).toBe("{}\n");
  });
});

const payloads = fc.uint8Array({ maxLength: 64 });
const headers = fc.record(
  {
    type: fc.stringMatching(/^[a-z_]{1,12}$/),
    filename: fc.string(),
    content_type: fc.string(),
    item_count: fc.nat(),
  },
  { requiredKeys: ["type"] },
);
const written = fc.array(fc.record({ header: headers, payload: payloads }), { maxLength: 8 });
const options = fc.record({ withLength: fc.boolean(), finalNewline: fc.boolean() });

describe("round trip", () => {
  it("reads back every header and payload that was written", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^x_[a-z]{1,5}$/), fc.jsonValue()),
        written,
        options,
        (header, items, how) => {
          const envelope = parseEnvelope(writeEnvelope(header, items, how));
          if (!envelope.ok) throw new Error(envelope.code);
          expect(envelope.header).toEqual(JSON.parse(JSON.stringify(header)));
          const read = envelope.items.map((item) => ({
            ...item.header,
            length: undefined,
            bytes: [...item.payload],
          }));
          expect(read).toEqual(
            items.map((item) => ({ ...item.header, length: undefined, bytes: [...item.payload] })),
          );
        },
      ),
    );
  });
});

describe("hostile bodies", () => {
  it("never makes the parser throw on random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof parseEnvelope(Buffer.from(bytes)).ok).toBe("boolean");
      }),
    );
  });

  it("never makes the parser throw, spin or read outside on lines that look like an envelope", () => {
    const lines = fc.constantFrom(
      "{}",
      '{"type":"a"}',
      '{"type":"a","length":3}',
      '{"type":"b","length":0}',
      "",
      "\r",
      "abc",
      "{",
    );
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 30 }), fc.nat(200), (parts, cut) => {
        const text = `{}\n${parts.join("\n")}`;
        const body = Buffer.from(text.slice(0, text.length - (cut % text.length)));
        const result = parseEnvelope(body);
        const used = result.ok ? result.items.reduce((sum, item) => sum + item.payload.length, 0) : 0;
        expect(used).toBeLessThanOrEqual(body.length);
      }),
    );
  });

  it("survives one changed byte of a good envelope", () => {
    const good = writeEnvelope({ event_id: "9ec79c33ec9942ab8353589fcb2e04dc" }, [
      { header: { type: "event" }, payload: '{"message":"hi"}' },
      { header: { type: "attachment", filename: "a.bin" }, payload: Buffer.from([1, 10, 2]) },
    ]);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const body = Buffer.from(good);
        body[at] = byte;
        expect(typeof parseEnvelope(body).ok).toBe("boolean");
      }),
    );
  });
});
