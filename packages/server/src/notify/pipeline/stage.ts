import type { Destination, Message, MessageForm, Verdict } from "../port.js";
import type { SendResult } from "../http/outgoing-client.js";
import type { ChannelRow, NotificationRow, Picked } from "../outbox/rows.js";

/**
 * How a turn ended.
 * - sent: an attempt was made and judged; to be remembered
 * - hopeless: no attempt was made, and none will help; to be remembered
 * - again: nothing happened that must be remembered; the channel's next turn starts from the outbox
 * - yield: another process is at work on this channel, or the program stops
 */
export type Ending =
  | { readonly kind: "sent"; readonly attempt: Judged }
  | {
      readonly kind: "hopeless";
      readonly notification: NotificationRow;
      readonly reason: string;
      readonly blame: Blame;
    }
  | { readonly kind: "again" }
  | { readonly kind: "yield" };

/** Whether only this message cannot be sent, or none to this channel (which is then disabled). */
type Blame = "message" | { readonly channel: ChannelRow };

/** What goes on to the next stage, or the turn's ending. */
type Step<Out> =
  | { readonly kind: "next"; readonly work: Out }
  | { readonly kind: "end"; readonly ending: Ending };

/** Every stage has this shape: it states what it needs and what it adds. */
export type Stage<In, Out> = (work: In) => Promise<Step<Out>>;

export interface OpenChannel extends Picked {
  readonly channel: ChannelRow;
  readonly destination: Destination;
  /** Which pauses of scope `service` concern it. */
  readonly service: string;
}

export interface Rendered extends OpenChannel {
  readonly message: Message;
  readonly form: MessageForm;
}

export interface Sent extends Rendered {
  readonly result: SendResult;
  /** Milliseconds since 1970, when the request began. */
  readonly sentAt: number;
  readonly durationMs: number;
}

export interface Judged extends Sent {
  readonly verdict: Verdict;
}

/** Hands the work on. */
export function next<Out>(work: Out): Step<Out> {
  return { kind: "next", work };
}

/** Ends the turn here. */
export function end(ending: Ending): { readonly kind: "end"; readonly ending: Ending } {
  return { kind: "end", ending };
}
