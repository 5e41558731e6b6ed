import { sql, type Selectable } from "kysely";
import type { ChannelTable, NotificationTable } from "../../store/meta/schema.js";

export type NotificationRow = Selectable<NotificationTable>;
export type ChannelRow = Selectable<ChannelTable>;

/** A notification whose turn it is, and its channel; null when the channel was deleted. */
export interface Picked {
  readonly notification: NotificationRow;
  readonly channel: ChannelRow | null;
}

/** How long a row may be `sending` before it counts as left behind by a stopped process. */
export const sendingLeaseMs = 60_000;

/** Written out rather than bound, so that both databases can use the partial index `notification_due`. */
export const isOpen = sql<boolean>`state in ('pending', 'sending')`;
