import type { NormalisedEvent } from "@vedette/protocol";
import type { QueueRecord } from "../../queue/port.js";
import type { EventTitle, Grouping } from "../contract.js";

/** An event ready to be stored, and what the commit needs to find its issue. */
export interface PreparedEvent {
  readonly record: QueueRecord;
  readonly event: NormalisedEvent;
  readonly grouping: Grouping;
  readonly title: EventTitle;
  /** Tags as indexed: the sender's and those derived from the event. */
  readonly tags: Readonly<Record<string, string>>;
  /** `id:42`, `email:…`; empty when the event has no user. */
  readonly userKey: string;
}

/** A count for the outcomes table; `quantity` in the category's unit (events, bytes, spans …). */
export interface OutcomeCount {
  readonly projectId: number;
  readonly publicKey: string;
  readonly category: string;
  readonly outcome: string;
  readonly reason: string;
  /** Milliseconds since 1970; counted in the minute it falls into. */
  readonly at: number;
  readonly quantity: number;
}

/** How a record's way through preparation ended. Exactly one of these per record. */
export type Prepared =
  | {
      readonly kind: "events";
      readonly events: readonly PreparedEvent[];
      readonly outcomes: readonly OutcomeCount[];
    }
  /** Nothing to store but its counts: filtered, invalid, client reports. */
  | { readonly kind: "counted"; readonly outcomes: readonly OutcomeCount[] }
  /** Its stage does not exist yet: kept as it came. */
  | { readonly kind: "raw"; readonly record: QueueRecord; readonly outcomes: readonly OutcomeCount[] }
  /** Poison: a fault of ours, set aside with its reason. */
  | { readonly kind: "dead"; readonly record: QueueRecord; readonly reason: string };
