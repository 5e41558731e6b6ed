import type { NormalisedEvent } from "@vedette/protocol";

/** What is known of an event beside its payload. Times are milliseconds since 1970. */
export interface EventContext {
  readonly projectId: number;
  /** 32 hex; decided by ingest, wins over the payload's. */
  readonly eventId: string;
  readonly receivedAt: number;
  /** `sent_at` of the envelope, for clock-drift correction; null when absent. */
  readonly sentAt: number | null;
  readonly clientIp: string;
  readonly userAgent: string;
  /** `name/version` of the SDK as told by its auth; empty when unknown. */
  readonly client: string;
}

/** Result of normalising one payload. */
export type NormaliseResult =
  | { readonly ok: true; readonly event: NormalisedEvent }
  | { readonly ok: false; readonly reason: string };

/** Why an event has its hashes, kept with the hash and shown on the issue page. */
interface GroupingExplanation {
  readonly algorithm: string;
  /** fingerprint, exception, stacktrace, template, message, security, checksum or fallback. */
  readonly basis: string;
  /** One plain sentence: `Same exception type and same in-app frames`. */
  readonly summary: string;
  /** What went into the hash, in order, e.g. `TypeError`, `app/cart.ts in checkout`. */
  readonly components: readonly { readonly label: string; readonly value: string }[];
}

export interface Grouping {
  /** 32 hex each; the first is the primary one, by which event rows are sorted. */
  readonly hashes: readonly string[];
  readonly explanation: GroupingExplanation;
}

/** What an event is called on pages and in messages. */
export interface EventTitle {
  readonly title: string;
  readonly culprit: string;
  readonly type: string;
  readonly value: string;
  readonly filename: string;
  readonly function: string;
}
