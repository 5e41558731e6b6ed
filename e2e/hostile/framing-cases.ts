import { gzipSync } from "node:zlib";
import { publicKey } from "../support/server.js";
import { envelope, newId, ordinaryEvent } from "./envelopes.js";
import type { HostileCase } from "./hostile-case.js";
import type { Post } from "./post.js";

const lf = "\n";

function refused(name: string, post: () => Post, status = 400): HostileCase {
  return { name, post, statuses: [status], counted: 1 };
}

/** Bodies that are no envelopes, or nearly. */
export const brokenFraming: readonly HostileCase[] = [
  refused("nothing at all", () => ({ body: "" })),
  refused("only a line feed", () => ({ body: lf })),
  refused("no JSON", () => ({ body: "hello" })),
  refused("a JSON array as header", () => ({ body: "[]\n" })),
  refused("null as header", () => ({ body: "null\n" })),
  refused("an envelope cut in its header", () => ({ body: '{"event_id":"9ec79c33ec9942ab8353589' })),
  refused("an envelope cut in an item header", () => ({ body: `{}${lf}{"type":"eve` })),
  refused("an envelope cut in a payload", () => ({ body: envelope(ordinaryEvent()).subarray(0, -40) })),
  refused("a length beyond the end", () => ({ body: `{}${lf}{"type":"event","length":4000000000}${lf}{}` })),
  refused("a length that is too short", () => ({
    body: `{}${lf}{"type":"event","length":1}${lf}{"message":"x"}`,
  })),
  refused("a negative length", () => ({ body: `{}${lf}{"type":"event","length":-1}${lf}{}` })),
  refused("a length as text", () => ({ body: `{}${lf}{"type":"event","length":"2"}${lf}{}` })),
  refused("a fractional length", () => ({ body: `{}${lf}{"type":"event","length":2.5}${lf}{}` })),
  refused("an item without type", () => ({ body: `{}${lf}{"length":2}${lf}{}` })),
  refused("an item type that is an object", () => ({ body: `{}${lf}{"type":{"a":1}}${lf}{}` })),
  refused("an event id that is none", () => ({
    body: `{"event_id":"'; drop table issue; --"}${lf}{"type":"event"}${lf}{}`,
  })),
  refused("a thousand null bytes", () => ({ body: Buffer.alloc(1_000) })),
  refused("a header nested a hundred thousand levels deep", () => ({
    body: `{"trace":${nested(100_000)}}${lf}`,
  })),
  refused("gzip that is no gzip", () => ({ body: "plain", headers: { "Content-Encoding": "gzip" } })),
  refused("gzip cut short", () => ({
    body: gzipSync(envelope(ordinaryEvent())).subarray(0, -20),
    headers: { "Content-Encoding": "gzip" },
  })),
  refused("brotli that is noise", () => ({
    body: Buffer.alloc(5_000, 0xa5),
    headers: { "Content-Encoding": "br" },
  })),
  refused("zstd that is noise", () => ({
    body: Buffer.alloc(5_000, 0x28),
    headers: { "Content-Encoding": "zstd" },
  })),
  refused("an unknown encoding", () => ({ body: "{}\n", headers: { "Content-Encoding": "rot13" } }), 415),
  refused(
    "gzip twice",
    () => ({
      body: gzipSync(gzipSync(envelope(ordinaryEvent()))),
      headers: { "Content-Encoding": "gzip, gzip" },
    }),
    415,
  ),
];

/** Envelopes with things nobody asked for: what is known is taken. */
export const unusualFraming: readonly HostileCase[] = [
  {
    name: "carriage returns after the headers",
    post: () => ({ body: '{}\r\n{"type":"event"}\r\n{}' }),
    statuses: [200],
    counted: 1,
  },
  {
    name: "invalid UTF-8 in the header",
    post: () => ({ body: Buffer.from('{"sdk":"\xff\xfe"}\n', "latin1") }),
    statuses: [200],
    counted: 0,
  },
  { name: "no items", post: () => ({ body: "{}" }), statuses: [200], counted: 0 },
  {
    name: "an unknown item",
    post: () => ({ body: envelope("{}", { type: "telepathy" }) }),
    statuses: [200],
    counted: 0,
  },
  {
    name: "an unknown item beside an event",
    post: () => {
      const id = newId();
      return {
        body: `{"event_id":"${id}"}\n{"type":"telepathy"}\n{}\n{"type":"event"}\n{"message":"beside the unknown"}`,
      };
    },
    statuses: [200],
    counted: 1,
  },
  {
    name: "an event without payload",
    post: () => ({ body: envelope("", { type: "event" }) }),
    statuses: [200, 400],
    counted: 1,
  },
  {
    name: "an event that is an array",
    post: () => ({ body: envelope("[1,2]") }),
    statuses: [200, 400],
    counted: 1,
  },
  {
    name: "an event that is text",
    post: () => ({ body: envelope('"text"') }),
    statuses: [200, 400],
    counted: 1,
  },
  {
    name: "an event that is no JSON",
    post: () => ({ body: envelope("{{{{") }),
    statuses: [200, 400],
    counted: 1,
  },
  {
    name: "an event cut in the middle",
    post: () => ({ body: envelope(JSON.stringify(ordinaryEvent()).slice(0, 300)) }),
    statuses: [200, 400],
    counted: 1,
  },
  {
    name: "two events",
    post: () => ({ body: `{}\n{"type":"event"}\n{}\n{"type":"event"}\n{}` }),
    statuses: [200, 400, 413],
  },
  {
    name: "a thousand unknown items",
    post: () => ({ body: `{}\n${'{"type":"what"}\n{}\n'.repeat(1_000)}` }),
    statuses: [200, 413],
    counted: 0,
  },
  {
    name: "ten thousand attachments",
    post: () => ({ body: `{}\n${'{"type":"attachment","filename":"a"}\nx\n'.repeat(10_000)}` }),
    statuses: [200, 400, 413],
  },
];

/** Requests whose credentials or address are not what they seem. */
export const brokenAddress: readonly HostileCase[] = [
  { name: "no key", post: () => ({ path: "/api/1/envelope/", body: "{}\n" }), statuses: [401], counted: 0 },
  {
    name: "a key nobody has",
    post: () => ({ path: `/api/1/envelope/?sentry_key=${"f".repeat(32)}`, body: "{}\n" }),
    statuses: [403],
    counted: 0,
  },
  {
    name: "a key as SQL",
    post: () => ({ path: `/api/1/envelope/?sentry_key=${encodeURIComponent("' or 1=1 --")}`, body: "{}\n" }),
    statuses: [400, 401, 403],
    counted: 0,
  },
  {
    name: "a key of 8 KB",
    post: () => ({ path: `/api/1/envelope/?sentry_key=${"a".repeat(8_000)}`, body: "{}\n" }),
    statuses: [400, 401, 403],
    counted: 0,
  },
  {
    name: "another project's number",
    post: () => ({ path: `/api/2/envelope/?sentry_key=${publicKey}`, body: "{}\n" }),
    statuses: [403],
    counted: 0,
  },
  {
    name: "a project number beyond all numbers",
    post: () => ({ path: `/api/${"9".repeat(400)}/envelope/?sentry_key=${publicKey}`, body: "{}\n" }),
    statuses: [400, 403],
    counted: 0,
  },
  {
    name: "a project named ..",
    post: () => ({ path: `/api/%2e%2e/envelope/?sentry_key=${publicKey}`, body: "{}\n" }),
    statuses: [400, 404],
    counted: 0,
  },
  {
    name: "line feeds in the path",
    post: () => ({ path: `/api/1%0d%0aX-Injected:%201/envelope/?sentry_key=${publicKey}`, body: "{}\n" }),
    statuses: [400, 404],
    counted: 0,
  },
  {
    name: "a broken escape in the path",
    post: () => ({ path: `/api/%zz/envelope/?sentry_key=${publicKey}`, body: "{}\n" }),
    statuses: [400, 404],
    counted: 0,
  },
  {
    name: "a broken escape in the query",
    post: () => ({ path: `/api/1/envelope/?sentry_key=%zz`, body: "{}\n" }),
    statuses: [400, 401, 403],
    counted: 0,
  },
  {
    name: "a wrong protocol version",
    post: () => ({ path: `/api/1/envelope/?sentry_key=${publicKey}&sentry_version=99`, body: "{}\n" }),
    statuses: [400],
    counted: 0,
  },
  { name: "another method", post: () => ({ method: "DELETE" }), statuses: [405], counted: 0 },
];

function nested(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}
