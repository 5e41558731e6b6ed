import { describe, expect, it } from "vitest";
import {
  CONTENT_TYPES,
  ITEM_TYPES,
  createsEvent,
  isContainer,
  needsEventId,
  toItemType,
} from "./item-type.js";

describe("toItemType", () => {
  it("knows every type under its own name", () => {
    for (const type of ITEM_TYPES) expect(toItemType(type)).toBe(type);
  });

  it.each([
    ["profile_chunk_ui", "profile_chunk"],
    ["user_report_v2", "feedback"],
    ["integration", null],
    ["Event", null],
    ["", null],
    ["toString", null],
  ])("maps %s to %s", (text, type) => {
    expect(toItemType(text)).toBe(type);
  });
});

describe("needsEventId", () => {
  it("holds for exactly the types that belong to an event", () => {
    expect(ITEM_TYPES.filter(needsEventId)).toEqual([
      "event",
      "transaction",
      "security",
      "raw_security",
      "feedback",
      "user_report",
      "attachment",
      "form_data",
      "unreal_report",
      "profile",
      "replay_event",
    ]);
  });
});

describe("createsEvent", () => {
  it("holds for exactly the types that make an event", () => {
    const making = ITEM_TYPES.filter((type) => createsEvent({ type }));
    expect(making).toEqual(["event", "transaction", "security", "raw_security", "feedback", "unreal_report"]);
  });

  it.each([
    ["event.minidump", true],
    ["event.applecrashreport", true],
    ["event.payload", true],
    ["event.breadcrumbs", true],
    ["playstation.prosperodump", true],
    ["nswitch.dying_message", true],
    ["event.attachment", false],
    ["event.view_hierarchy", false],
    [undefined, false],
  ])("says for an attachment of type %s: %s", (attachmentType, expected) => {
    const header =
      attachmentType === undefined
        ? { type: "attachment" }
        : { type: "attachment", attachment_type: attachmentType };
    expect(createsEvent(header)).toBe(expected);
  });

  it("does not hold for unknown types", () => {
    expect(createsEvent({ type: "hologram" })).toBe(false);
  });
});

describe("isContainer", () => {
  it.each([
    [{ type: "log" }, true],
    [{ type: "trace_metric" }, true],
    [{ type: "span", content_type: CONTENT_TYPES.spanContainer }, true],
    [{ type: "span", content_type: `${CONTENT_TYPES.spanContainer}; charset=utf-8` }, true],
    [{ type: "span", content_type: CONTENT_TYPES.spanContainer.toUpperCase() }, true],
    [{ type: "span", content_type: "application/json" }, false],
    [{ type: "span" }, false],
    [{ type: "event" }, false],
  ])("says for %j: %s", (header, expected) => {
    expect(isContainer(header)).toBe(expected);
  });
});
