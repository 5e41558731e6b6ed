import { envelope, newId, ordinaryEvent } from "./envelopes.js";
import type { HostileCase } from "./hostile-case.js";

/** An event with hostile content: taken as far as it goes, and counted once either way. */
function event(name: string, payload: () => unknown): HostileCase {
  return { name, post: () => ({ body: envelope(payload()) }), statuses: [200], counted: 1 };
}

function withText(name: string, change: (json: string) => string): HostileCase {
  return event(name, () => change(JSON.stringify(ordinaryEvent())));
}

const deep = 100_000;

/** Payloads that are JSON, or nearly, with values no SDK would send. All stay under the size limit of an event. */
export const hostileValues: readonly HostileCase[] = [
  withText("NaN and Infinity as numbers", (json) =>
    json.replace(/"timestamp":[\d.]+/, '"timestamp":NaN').replace('"attempt":3', '"attempt":-Infinity'),
  ),
  withText("a number beyond all numbers", (json) =>
    json.replace('"attempt":3', `"attempt":1e999,"other":${"9".repeat(5_000)}`),
  ),
  withText("lone surrogates", (json) => json.replaceAll("order", "\\ud800order\\udfff")),
  withText("null bytes", (json) => json.replaceAll("order", "or\\u0000der")),
  withText("all control signs", (json) =>
    json.replace(
      "order 7",
      Array.from({ length: 32 }, (_none, code) => `\\u${code.toString(16).padStart(4, "0")}`).join(""),
    ),
  ),
  withText("duplicate keys", (json) => json.replace('"level":', '"level":"fatal","level":')),
  withText("__proto__ as a key everywhere", (json) =>
    json.replaceAll(
      '{"',
      '{"__proto__":{"polluted":true,"admin":1},"constructor":{"prototype":{"polluted":true}},"',
    ),
  ),
  event("invalid UTF-8", () => JSON.stringify(ordinaryEvent({ message: "\u00ff".repeat(10) }))),
  event(
    "an extra a hundred thousand levels deep",
    () => `{"message":"deep","extra":{"a":${"[".repeat(deep)}${"]".repeat(deep)}}}`,
  ),
  event(
    "objects a hundred thousand levels deep",
    () => `{"message":"deep","extra":${'{"a":'.repeat(deep)}1${"}".repeat(deep)}}`,
  ),
  event("an exception of a thousand causes", () =>
    ordinaryEvent({
      exception: {
        values: Array.from({ length: 1_000 }, (_none, at) => ({ type: `Cause${at}`, value: "x" })),
      },
    }),
  ),
  event("a stack of ten thousand frames", () =>
    ordinaryEvent({
      exception: {
        values: [
          {
            type: "Deep",
            value: "x",
            stacktrace: {
              frames: Array.from({ length: 10_000 }, (_none, at) => ({ function: `f${at}`, lineno: at })),
            },
          },
        ],
      },
    }),
  ),
  event("ten thousand tags", () =>
    ordinaryEvent({
      tags: Object.fromEntries(Array.from({ length: 10_000 }, (_none, at) => [`tag${at}`, String(at)])),
    }),
  ),
  event("a tag of 500 KB", () => ordinaryEvent({ tags: { large: "x".repeat(500_000) } })),
  event("ten thousand breadcrumbs", () =>
    ordinaryEvent({ breadcrumbs: { values: Array.from({ length: 10_000 }, () => ({ message: "step" })) } }),
  ),
  event("ten thousand contexts", () =>
    ordinaryEvent({
      contexts: Object.fromEntries(Array.from({ length: 10_000 }, (_none, at) => [`c${at}`, { v: at }])),
    }),
  ),
  event("a message of 900 KB", () => ordinaryEvent({ message: "m".repeat(900_000) })),
  event("a fingerprint of a thousand parts", () =>
    ordinaryEvent({ fingerprint: Array.from({ length: 1_000 }, (_none, at) => `part ${at}`) }),
  ),
  event("the year 1970", () => ordinaryEvent({ timestamp: 1 })),
  event("the year 2100", () => ordinaryEvent({ timestamp: "2100-01-01T00:00:00Z" })),
  event("the year 292277026596", () => ordinaryEvent({ timestamp: 9.2e18 })),
  event("a time before all times", () => ordinaryEvent({ timestamp: -9e15 })),
  event("a time that is none", () => ordinaryEvent({ timestamp: "yesterday" })),
  event("every field of the wrong kind", () =>
    Object.fromEntries(
      Object.keys(ordinaryEvent())
        .filter((key) => key !== "event_id")
        .map((key, at) => [key, [[1], { a: 1 }, "x", 4, true, null][at % 6]]),
    ),
  ),
  event("values that are all null", () =>
    Object.fromEntries(Object.keys(ordinaryEvent()).map((key) => [key, null])),
  ),
  event("an id that differs from the envelope's", () => ordinaryEvent({ event_id: "not hex at all" })),
  event("a level, platform and type nobody knows", () =>
    ordinaryEvent({ level: "catastrophe", platform: "abacus", type: "poem" }),
  ),
  event("a release with path signs", () =>
    ordinaryEvent({ release: "../../etc/passwd", environment: "a/b\\c\nd", dist: "\t" }),
  ),
  event("regular expressions that blow up", () =>
    ordinaryEvent({ message: `${"a@".repeat(20_000)}!`, transaction: `${"/1".repeat(50_000)}x` }),
  ),
  event("text that looks like secrets without end", () =>
    ordinaryEvent({
      message: "-----BEGIN PRIVATE KEY-----".repeat(2_000),
      extra: { a: "4111 1111 1111 ".repeat(5_000) },
    }),
  ),
];

/** Items of other kinds with nonsense in them. */
export const hostileItems: readonly HostileCase[] = [
  "transaction",
  "session",
  "sessions",
  "attachment",
  "client_report",
  "user_report",
  "feedback",
  "check_in",
  "profile",
  "profile_chunk",
  "replay_event",
  "replay_recording",
  "replay_video",
  "span",
  "log",
  "trace_metric",
  "statsd",
  "metric_buckets",
  "raw_security",
  "security",
  "form_data",
  "unreal_report",
  "otel_span",
  "nel",
  "event",
].flatMap((type) =>
  ["", "null", "[]", "{}", '"x"', "\u0000\u0001", '{"items":[null]}', `{"items":${"[".repeat(5_000)}`].map(
    (payload, at) => ({
      name: `${type} with nonsense ${at}`,
      post: () => ({
        body: Buffer.from(
          `{"event_id":"${newId()}"}\n{"type":"${type}","length":${Buffer.byteLength(payload)},"item_count":1,"filename":"../../x"}\n${payload}\n`,
        ),
      }),
      statuses: [200, 400, 413],
    }),
  ),
);
