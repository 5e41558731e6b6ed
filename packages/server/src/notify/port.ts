import type { NotificationPayload } from "../domain/notification.js";
import type { EventExcerpt } from "./event/excerpt.js";
import type { HttpAnswer, OutgoingRequest } from "./http/outgoing-client.js";

/** Everything a message says, before any service's form: facts, not texts. */
export interface Message {
  readonly payload: NotificationPayload;
  /** What the event itself adds; null when the event is gone or could not be read in time. */
  readonly excerpt: EventExcerpt | null;
  readonly links: MessageLinks;
  /** The same for every attempt at this notification and for no other: 24 hex characters. */
  readonly idempotencyKey: string;
}

export interface MessageLinks {
  /** The page, or the server's front page for a test without issue. */
  readonly page: string;
  readonly runbook: string | null;
}

/**
 * Which form of the message is sent: `full`; `plain` after the service refused the full one; `titled` where the
 * service asked for a title of its own (a post in a forum).
 */
export type MessageForm = "full" | "plain" | "titled";

/** How long nothing more may be sent, and where. */
export interface Pause {
  readonly ms: number;
  /** `destination`: to this webhook or channel. `service`: to anything of the service. */
  readonly scope: "destination" | "service";
}

/**
 * What an answer means. `reason` is a plain sentence of ours without secrets or text of the service.
 * - delivered: done
 * - retry: try again, after `pause` where the service named a time, else by the schedule
 * - reshape: try once more at once in another form
 * - failed: this message will never be taken
 * - unusable: no message will be taken here until a person has changed the channel
 */
export type Verdict =
  | {
      readonly kind: "delivered";
      readonly reason: string;
      readonly messageId: string | null;
      readonly pause?: Pause;
    }
  | { readonly kind: "retry"; readonly reason: string; readonly pause?: Pause }
  | { readonly kind: "reshape"; readonly reason: string; readonly form: MessageForm }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "unusable"; readonly reason: string };

/** A channel's settings with its secrets opened. Never log one. */
export interface ChannelSettings {
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
}

/** Where to send, as far as settings alone can tell. */
type Opened =
  | { readonly ok: true; readonly destination: Destination }
  | { readonly ok: false; readonly problem: string };

/** What a service told about a destination: shown to the person who entered it. */
export type CheckResult =
  | {
      readonly ok: true;
      /** The webhook's or channel's name over there. */
      readonly name: string;
      readonly channelId: string | null;
      readonly guildId: string | null;
    }
  | { readonly ok: false; readonly problem: string };

/** One webhook or channel of a service. Pure: it writes requests and reads answers, the sending is done elsewhere. */
export interface Destination {
  /** Requests with the same key share the service's rate limit. */
  readonly rateKey: string;
  /** The request that posts the message. Must fit the service's limits whatever the event holds. */
  compose(message: Message, form: MessageForm): OutgoingRequest;
  /** What the answer to `compose` means. */
  read(answer: HttpAnswer, form: MessageForm): Verdict;
  /** A request that changes nothing and tells whether messages would arrive. */
  probe(): OutgoingRequest;
  /** What the answer to `probe` means. */
  readProbe(answer: HttpAnswer): CheckResult;
}

/** A service: one small folder that turns a notification into the service's form. */
export interface ChannelAdapter {
  /** As in `channel.type`. */
  readonly type: string;
  /** Pauses of scope `service` hold for all adapters with the same name. */
  readonly service: string;
  /** Reads a channel's settings; a problem is a sentence for the person who entered them. */
  open(settings: ChannelSettings): Opened;
}
