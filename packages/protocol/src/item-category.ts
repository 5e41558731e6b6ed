import type { DataCategory } from "./category.js";
import type { ItemHeader } from "./envelope.js";
import { isContainer, toItemType } from "./item-type.js";
import type { ItemType } from "./item-type.js";

/** How much of a category an item uses: bytes for byte categories, otherwise a count. */
export interface CategoryQuantity {
  readonly category: DataCategory;
  readonly quantity: number;
}

/** Platforms whose profile chunks come from user interfaces and are counted apart. */
const UI_PLATFORMS: ReadonlySet<string> = new Set(["cocoa", "android", "javascript"]);

/** Types that always use one of one category. An unreal report becomes an error event. */
const ONE_OF: Partial<Record<ItemType, DataCategory>> = {
  event: "error",
  transaction: "transaction",
  security: "security",
  raw_security: "security",
  unreal_report: "error",
  feedback: "feedback",
  user_report: "feedback",
  session: "session",
  sessions: "session",
  check_in: "monitor",
  profile: "profile",
  replay_event: "replay",
  replay_recording: "replay",
  replay_video: "replay",
};

/**
 * What an item counts for, told from its header and size alone (payloads are not parsed at the edge).
 *
 * An `event` counts as `error` though its payload may turn out to be a security report or a transaction. The
 * spans inside a transaction are counted later. Items that are never limited (client reports, legacy metrics,
 * unknown types) give an empty list. A container's announced `item_count` cannot exceed its bytes.
 */
export function categoriesOf(header: ItemHeader, payloadBytes: number): readonly CategoryQuantity[] {
  const type = toItemType(header.type);
  if (type === null) return [];
  const single = ONE_OF[type];
  if (single !== undefined) return [{ category: single, quantity: 1 }];
  const count = Math.min(header.item_count ?? 1, payloadBytes);
  switch (type) {
    case "attachment":
      return [
        { category: "attachment", quantity: Math.max(payloadBytes, 1) },
        { category: "attachment_item", quantity: 1 },
      ];
    case "log":
      return [
        { category: "log_item", quantity: count },
        { category: "log_byte", quantity: payloadBytes },
      ];
    case "trace_metric":
      return [
        { category: "trace_metric", quantity: count },
        { category: "trace_metric_byte", quantity: payloadBytes },
      ];
    case "span":
      return [{ category: "span", quantity: isContainer(header) ? count : 1 }];
    case "profile_chunk":
      return [{ category: isUi(header) ? "profile_chunk_ui" : "profile_chunk", quantity: 1 }];
    default:
      return [];
  }
}

function isUi(header: ItemHeader): boolean {
  return UI_PLATFORMS.has((header.platform ?? "").toLowerCase());
}
