import { needsEventId, newEventId, normaliseEventId, toItemType } from "@vedette/protocol";
import type { Submission } from "./accept-items.js";
import { topLevelText } from "./top-level-text.js";

/**
 * The event id of a submission (ingest sheet 3.2): the envelope header's; else, when an item belongs to an event, the
 * one in the event's payload, looked up without parsing; else a new one. Empty when no item needs one.
 */
export function eventIdOf({ header, items }: Submission): string {
  if (header.event_id !== undefined) return header.event_id;
  const needing = items.filter((item) => {
    const type = toItemType(item.header.type);
    return item.header.type === "minidump" || (type !== null && needsEventId(type));
  });
  const event = needing.find((item) => carriesOwnId.has(item.header.type));
  const own = event && topLevelText(event.payload, "event_id");
  if (own !== undefined) return normaliseEventId(own) ?? newEventId();
  return needing.length > 0 ? newEventId() : "";
}

const carriesOwnId: ReadonlySet<string> = new Set(["event", "transaction", "feedback", "replay_event"]);
