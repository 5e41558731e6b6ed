import type { NormalisedEvent } from "@vedette/protocol";
import type { QueueRecord } from "../../queue/port.js";
import type { EventTitle, Grouping } from "../contract.js";

/** An event as read, scrubbed and grouped: what its row and its facts are made from. Lives only that long. */
export interface ReadEvent {
  readonly record: QueueRecord;
  readonly event: NormalisedEvent;
  readonly grouping: Grouping;
  readonly title: EventTitle;
  /** Tags as indexed: the sender's and those derived from the event. */
  readonly tags: Readonly<Record<string, string>>;
  /** `id:42`, `email:…`; empty when the event has no user. */
  readonly userKey: string;
}
