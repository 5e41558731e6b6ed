import { describe, expect, it } from "vitest";
import type { ItemHeader } from "./envelope.js";
import { categoriesOf } from "./item-category.js";
import { CONTENT_TYPES } from "./item-type.js";

/** Quantities as `category:quantity`, for short expectations. */
function quantities(header: ItemHeader, bytes: number): string {
  return categoriesOf(header, bytes)
    .map(({ category, quantity }) => `${category}:${quantity}`)
    .join(" ");
}

describe("categoriesOf", () => {
  it.each<[ItemHeader, number, string]>([
    [{ type: "event" }, 500, "error:1"],
    [{ type: "transaction" }, 500, "transaction:1"],
    [{ type: "security" }, 500, "security:1"],
    [{ type: "raw_security" }, 500, "security:1"],
    [{ type: "unreal_report" }, 500, "error:1"],
    [{ type: "feedback" }, 500, "feedback:1"],
    [{ type: "user_report_v2" }, 500, "feedback:1"],
    [{ type: "user_report" }, 500, "feedback:1"],
    [{ type: "session" }, 500, "session:1"],
    [{ type: "sessions" }, 500, "session:1"],
    [{ type: "check_in" }, 500, "monitor:1"],
    [{ type: "profile" }, 500, "profile:1"],
    [{ type: "replay_event" }, 500, "replay:1"],
    [{ type: "replay_recording" }, 500, "replay:1"],
    [{ type: "replay_video" }, 500, "replay:1"],
    [{ type: "attachment" }, 500, "attachment:500 attachment_item:1"],
    [{ type: "attachment" }, 0, "attachment:1 attachment_item:1"],
    [{ type: "log", item_count: 7 }, 500, "log_item:7 log_byte:500"],
    [{ type: "log" }, 500, "log_item:1 log_byte:500"],
    [{ type: "log", item_count: 1_000_000 }, 500, "log_item:500 log_byte:500"],
    [{ type: "trace_metric", item_count: 3 }, 500, "trace_metric:3 trace_metric_byte:500"],
    [{ type: "span", item_count: 9, content_type: CONTENT_TYPES.spanContainer }, 500, "span:9"],
    [{ type: "span", item_count: 9 }, 500, "span:1"],
    [{ type: "profile_chunk", platform: "python" }, 500, "profile_chunk:1"],
    [{ type: "profile_chunk" }, 500, "profile_chunk:1"],
    [{ type: "profile_chunk", platform: "javascript" }, 500, "profile_chunk_ui:1"],
    [{ type: "profile_chunk", platform: "cocoa" }, 500, "profile_chunk_ui:1"],
    [{ type: "profile_chunk_ui", platform: "Android" }, 500, "profile_chunk_ui:1"],
    [{ type: "client_report" }, 500, ""],
    [{ type: "form_data" }, 500, ""],
    [{ type: "nel" }, 500, ""],
    [{ type: "statsd" }, 500, ""],
    [{ type: "metric_buckets" }, 500, ""],
    [{ type: "metric_meta" }, 500, ""],
    [{ type: "hologram", item_count: 5 }, 500, ""],
  ])("counts %j of %i bytes as '%s'", (header, bytes, expected) => {
    expect(quantities(header, bytes)).toBe(expected);
  });
});
