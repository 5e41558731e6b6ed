import { describe, expect, it } from "vitest";
import type { EnvelopeItem } from "./envelope.js";
import type { ItemLimit, LimitGroup } from "./item-limits.js";
import { findLimitBreach, itemLimits, limitGroupOf } from "./item-limits.js";
import { CONTENT_TYPES, ITEM_TYPES } from "./item-type.js";

function item(type: string, bytes = 1, contentType?: string): EnvelopeItem {
  const header = contentType === undefined ? { type } : { type, content_type: contentType };
  return { header, payload: Buffer.alloc(bytes) };
}

function withLimit(group: LimitGroup, limit: ItemLimit): Record<LimitGroup, ItemLimit> {
  return { ...itemLimits, [group]: limit };
}

describe("limitGroupOf", () => {
  it("puts every known type into a group that has a limit", () => {
    for (const type of ITEM_TYPES) expect(Object.keys(itemLimits)).toContain(limitGroupOf({ type }));
  });

  it("tells the two kinds of span apart and leaves unknown types out", () => {
    expect(limitGroupOf({ type: "span" })).toBe("span");
    expect(limitGroupOf({ type: "span", content_type: CONTENT_TYPES.spanContainer })).toBe("span_container");
    expect(limitGroupOf({ type: "profile_chunk_ui" })).toBe("profile");
    expect(limitGroupOf({ type: "hologram" })).toBeNull();
  });
});

describe("findLimitBreach", () => {
  it.each([
    ["no items", []],
    [
      "an event with attachments, a report and what an SDK adds",
      [item("event"), item("attachment"), item("attachment"), item("user_report"), item("client_report")],
    ],
    [
      "a transaction with its profile and a span container",
      [item("transaction"), item("profile"), item("span", 1, CONTENT_TYPES.spanContainer)],
    ],
    ["a replay", [item("replay_event"), item("replay_recording")]],
    ["any number of unknown items", Array.from({ length: 500 }, () => item("hologram"))],
    ["an event of exactly the limit", [item("event", 1024 * 1024)]],
  ])("accepts %s", (_what, items) => {
    expect(findLimitBreach(items)).toBeNull();
  });

  it.each([
    ["two events", [item("event"), item("event")], { type: "event", group: "event", measure: "maxItems" }],
    [
      "an event and a transaction",
      [item("event"), item("transaction")],
      { type: "transaction", measure: "maxItems" },
    ],
    ["two log containers", [item("log"), item("log")], { type: "log", measure: "maxItems" }],
    [
      "a profile and a chunk",
      [item("profile"), item("profile_chunk")],
      { type: "profile_chunk", measure: "maxItems" },
    ],
    [
      "101 sessions",
      Array.from({ length: 101 }, () => item("session")),
      { type: "session", measure: "maxItems" },
    ],
    [
      "26 single spans",
      Array.from({ length: 26 }, () => item("span")),
      { type: "span", measure: "maxItems" },
    ],
    [
      "31 attachments and reports",
      [...Array.from({ length: 30 }, () => item("attachment")), item("user_report")],
      { type: "user_report", measure: "maxItems" },
    ],
    [
      "an event one byte too large",
      [item("event", 1024 * 1024 + 1)],
      { type: "event", measure: "maxItemBytes" },
    ],
    [
      "reports too large together",
      [item("client_report", 60_000), item("client_report", 60_000)],
      { type: "client_report", measure: "maxTotalBytes" },
    ],
  ])("finds %s", (_what, items, expected) => {
    expect(findLimitBreach(items)).toMatchObject(expected);
  });

  it("obeys limits of the caller", () => {
    const limits = withLimit("event", { maxItems: 2, maxItemBytes: 10, maxTotalBytes: 15 });
    expect(findLimitBreach([item("event", 8), item("event", 7)], limits)).toBeNull();
    expect(findLimitBreach([item("event", 8), item("event", 8)], limits)).toMatchObject({
      measure: "maxTotalBytes",
    });
    expect(findLimitBreach([item("event", 11)], limits)).toMatchObject({ measure: "maxItemBytes" });
  });
});
