import { encode } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import type { QueueItem } from "../../queue/port.js";
import { minidumpToEvent } from "./minidump-event.js";

const item: QueueItem = {
  type: "minidump",
  projectId: 1,
  publicKey: "k",
  eventId: "9ec79c33ec9942ab8353589fcb2e04dc",
  receivedAt: 0,
  sentAt: null,
  header: {},
  clientIp: "",
  userAgent: "",
  client: "",
  envelope: {},
  attachments: [],
};

interface CrashEvent {
  readonly exception: { readonly values: readonly { readonly type: string; readonly value: string }[] };
  readonly [key: string]: unknown;
}

const toEvent = (payload: unknown) => minidumpToEvent(payload, item) as CrashEvent;
const crash = (platformId: number, code: number, flags = 0) =>
  toEvent({
    header: {
      system: { platformId, architecture: 9, processors: 8, version: "10.0.19045", detail: "SP1" },
      exception: { threadId: 42, code, flags, address: "0x7ff61234", parameters: [] },
    },
  });
const packed = (value: unknown) => Buffer.from(encode(value)).toString("base64");

describe("the event of a crash dump", () => {
  it("holds no text that a database refuses, though it was packed inside other text", () => {
    const event = String.raw`{"message":"a\u0000b\ud800"}`;
    expect(toEvent({ event })["message"]).toBe("ab\ufffd");
    expect(toEvent({ packedEvent: packed({ message: "a\0b" }) })["message"]).toBe("ab");
  });

  it("says what crashed where", () => {
    expect(crash(2, 0xc0000005)).toEqual({
      event_id: item.eventId,
      platform: "native",
      level: "fatal",
      exception: {
        values: [
          {
            type: "EXCEPTION_ACCESS_VIOLATION",
            value: "0xC0000005 at 0x7ff61234",
            thread_id: 42,
            mechanism: { type: "minidump", handled: false, synthetic: true },
          },
        ],
      },
      contexts: {
        os: { name: "Windows", version: "10.0.19045", build: "SP1" },
        device: { arch: "x86_64", processor_count: 8 },
      },
      threads: { values: [{ id: 42, crashed: true, current: true }] },
    });
  });

  it.each([
    [0x8201, 11, 1, "SIGSEGV / SEGV_MAPERR"],
    [0x8203, 6, 0, "SIGABRT"],
    [0x8201, 99, 0, "0x00000063"],
    [0x8101, 1, 2, "EXC_BAD_ACCESS / KERN_PROTECTION_FAILURE"],
    [0x8102, 3, 1, "EXC_ARITHMETIC"],
    [2, 0xe06d7363, 0, "Unhandled C++ Exception"],
    [2, 0xc0001234, 0, "0xC0001234"],
  ])("names the crash of platform %i, code %i, flags %i", (...[platformId, code, flags, type]) => {
    expect(crash(platformId, code, flags).exception.values[0]?.type).toBe(type);
  });

  it("joins what the SDK said in all its forms", () => {
    const event = toEvent({
      header: { timestamp: 1_790_000_000 },
      event: '{"release":"1.0","tags":{"a":"1"}}',
      packedEvent: packed({ environment: "prod", tags: { b: "2" }, level: "info" }),
      fields: [
        ["sentry[tags][c]", "3"],
        ["sentry[user][id]", "u7"],
      ],
      extra: [["prod", "game"]],
      packedBreadcrumbs: [
        Buffer.concat([encode({ timestamp: "2026-01-02T00:00:02Z", message: "late" })]).toString("base64"),
        Buffer.concat([
          encode({ timestamp: "2026-01-02T00:00:01Z", message: "early" }),
          Buffer.of(0xc1),
        ]).toString("base64"),
      ],
    });
    expect(event).toMatchObject({
      timestamp: 1_790_000_000,
      release: "1.0",
      environment: "prod",
      level: "fatal",
      tags: { a: "1", b: "2", c: "3" },
      user: { id: "u7" },
      extra: { prod: "game" },
      breadcrumbs: [{ message: "early" }, { message: "late" }],
    });
  });

  it("keeps the SDK's own exception, contexts and time", () => {
    const event = toEvent({
      header: {
        timestamp: 1,
        system: { platformId: 2, architecture: 9, processors: 1, version: "10.0.1", detail: "" },
      },
      event: '{"timestamp":5,"exception":{"values":[{"type":"Mine"}]},"contexts":{"os":{"version":"11"}}}',
    });
    expect(event).toMatchObject({
      timestamp: 5,
      exception: { values: [{ type: "Mine" }] },
      contexts: { os: { name: "Windows", version: "11" } },
    });
  });

  it.each([
    null,
    [],
    "text",
    {},
    {
      header: 5,
      event: "{",
      packedEvent: "////",
      fields: [5, ["a"]],
      extra: "x",
      packedBreadcrumbs: [5, "////"],
    },
    { header: { system: { platformId: "x" }, exception: { code: "x" } } },
    {
      fields: [
        ["sentry[__proto__][polluted]", "1"],
        ["sentry[constructor][prototype][polluted]", "1"],
      ],
    },
    { event: '{"__proto__":{"polluted":1}}', extra: [["__proto__", "1"]] },
  ])("makes a crash event of %j", (payload) => {
    expect(toEvent(payload)).toMatchObject({ platform: "native", level: "fatal" });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
