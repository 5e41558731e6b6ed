import type { EventFacts } from "../../domain/change.js";
import type { QueueRecord } from "../../queue/port.js";
import type { EventTitle, Grouping } from "../contract.js";

/**
 * An event ready to be stored, and what the commit needs to find its issue. The event itself is a line of text by
 * now: a batch of object trees would live long enough to be copied by the collector again and again.
 */
export interface PreparedEvent {
  readonly record: QueueRecord;
  /** 32 hex. */
  readonly eventId: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly type: string;
  readonly level: string;
  readonly platform: string;
  /** Empty when the event names none. */
  readonly environment: string;
  /** Empty when the event names none. */
  readonly release: string;
  /** 0: an exception nobody caught; 1: all were handled; -1: nothing is said. */
  readonly handled: number;
  readonly grouping: Grouping;
  readonly title: EventTitle;
  /** The row for the `events` table as a JSON line. */
  readonly line: string;
  /** For the change log; null beyond the first events of a group in a batch (domain/change.ts). */
  readonly facts: EventFacts | null;
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
