import * as fc from "fast-check";
import { ordinaryEvent } from "./envelopes.js";
import type { Post } from "./post.js";

const strangeTexts = [
  "",
  "\u0000",
  "\ud800",
  "__proto__",
  "constructor",
  "../../..",
  "'; drop table issue; --",
  "<script>alert(1)</script>",
  "@everyone",
  "\u202e",
  "x".repeat(70_000),
  "NaN",
  "1e999",
];
const strangeBytes = [
  "\n",
  "\r\n",
  "\0",
  "{",
  "}",
  "[",
  '"',
  "\\",
  "\\ud800",
  "\xff\xfe",
  "-1",
  "1e999",
  "null",
  '"length":4294967296',
  '{"type":"event"}\n',
  "\x1f\x8b",
];

/** Any JSON value, with the strange ones often. */
const strangeValue = fc.oneof(
  fc.constantFrom<unknown>(
    ...strangeTexts,
    null,
    true,
    0,
    -1,
    1e308,
    -1e-308,
    2 ** 53,
    [],
    {},
    [[[[[[]]]]]],
    { __proto__: null },
  ),
  fc.jsonValue({ maxDepth: 4 }),
  fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 300 }),
);

/** Where in an event a value is replaced: steps into it, each taken modulo the number of its fields. */
const place = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });

/** An event some of whose values, at any depth, are replaced by others. */
const spoiledEvent = fc
  .array(fc.tuple(place, strangeValue), { minLength: 1, maxLength: 6 })
  .map((changes) =>
    changes.reduce<unknown>((event, [path, value]) => replaceAt(event, path, value), ordinaryEvent()),
  );

const itemType = fc.oneof(
  { weight: 4, arbitrary: fc.constant("event") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "transaction",
      "session",
      "check_in",
      "feedback",
      "log",
      "span",
      "user_report",
      "client_report",
      "attachment",
      "replay_event",
    ),
  },
);

/** Valid framing around a spoiled payload. */
const spoiledPayload = fc.tuple(spoiledEvent, itemType).map(([event, type]) => {
  const payload = JSON.stringify(event);
  return Buffer.from(`{}\n${JSON.stringify({ type, length: Buffer.byteLength(payload) })}\n${payload}\n`);
});

type Edit = (bytes: Buffer) => Buffer;
const position = fc.double({ min: 0, max: 1, noNaN: true });

/** One edit of the bytes: cut, doubled, dropped, overwritten or filled up. */
const edit: fc.Arbitrary<Edit> = fc.oneof(
  position.map(
    (at): Edit =>
      (bytes) =>
        bytes.subarray(0, Math.floor(at * bytes.length)),
  ),
  fc.tuple(position, fc.nat(200)).map(
    ([at, length]): Edit =>
      (bytes) =>
        splice(bytes, at, { drop: length, add: Buffer.alloc(0) }),
  ),
  fc.tuple(position, fc.nat(500)).map(([at, length]): Edit => (bytes) => {
    const from = Math.floor(at * bytes.length);
    return splice(bytes, at, { drop: 0, add: bytes.subarray(from, from + length) });
  }),
  fc.tuple(position, fc.constantFrom(...strangeBytes)).map(
    ([at, text]): Edit =>
      (bytes) =>
        splice(bytes, at, { drop: text.length, add: Buffer.from(text, "latin1") }),
  ),
  fc.tuple(position, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(
    ([at, noise]): Edit =>
      (bytes) =>
        splice(bytes, at, { drop: noise.length, add: Buffer.from(noise) }),
  ),
);

const spoiledBytes = fc
  .tuple(fc.constantFrom("event", "transaction", "session"), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([type, edits]) => {
    const bytes = Buffer.from(`{}\n{"type":"${type}"}\n${JSON.stringify(ordinaryEvent())}\n`);
    return edits.reduce<Buffer>((spoiled, apply) => apply(spoiled), bytes);
  });

const headers: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Record<string, string>>({}) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("gzip", "br", "deflate", "zstd", "identity", "", "GZIP", "gzip;q=1")
      .map((encoding) => ({ "Content-Encoding": encoding })),
  },
  {
    weight: 1,
    arbitrary: fc
      .stringMatching(/^[ -~]{0,80}$/)
      .map((text) => ({ "Content-Type": text, "User-Agent": text, Origin: text })),
  },
  {
    weight: 1,
    arbitrary: fc
      .stringMatching(/^[ -~]{0,80}$/)
      .map((text) => ({ "X-Forwarded-For": text, Referer: text, "Sec-CH-UA": text })),
  },
);

const endpoint = fc.oneof(
  { weight: 8, arbitrary: fc.constant("envelope/") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "store/",
      "security/",
      "nel/",
      "minidump/",
      "integration/otlp/v1/traces/",
      "integration/otlp/v1/logs/",
      "cron/nightly/",
      "unreal/x/",
      "events/0123456789abcdef0123456789abcdef/attachments/",
    ),
  },
);

/** A request near a valid one. */
export function spoiledRequest(publicKey: string): fc.Arbitrary<Post> {
  return fc
    .tuple(endpoint, headers, fc.oneof(spoiledPayload, spoiledBytes))
    .map(([path, sent, body]) => ({ path: `/api/1/${path}?sentry_key=${publicKey}`, headers: sent, body }));
}

function splice(bytes: Buffer, at: number, { drop, add }: { drop: number; add: Buffer }): Buffer {
  const from = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, from), add, bytes.subarray(from + drop)]);
}

function replaceAt(value: unknown, [step, ...rest]: readonly number[], replacement: unknown): unknown {
  if (step === undefined || typeof value !== "object" || value === null) return replacement;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return replacement;
  const inner = replaceAt((value as Record<string, unknown>)[key], rest, replacement);
  return Array.isArray(value)
    ? value.map((one: unknown, at) => (String(at) === key ? inner : one))
    : { ...value, [key]: inner };
}
