import { sql, type Transaction } from "kysely";
import type { Meta, MetaSchema } from "../../store/meta/schema.js";
import { isOpen, sendingLeaseMs, type ChannelRow, type NotificationRow } from "./rows.js";
import { addDelivery } from "./delivery-row.js";

/**
 * - claimed: the row is `sending` and ours until `claimedUntil`
 * - changed: the row or its channel is no longer as it was picked; pick again
 * - busy: another process is sending to this channel
 */
type Claim =
  | { readonly kind: "claimed"; readonly notification: NotificationRow }
  | { readonly kind: "changed" | "busy" };

/**
 * Marks a notification as being sent, with the attempt counted, directly before the request goes out. What dies after
 * that is taken up again when the lease is over. The channel's row is locked meanwhile, so two processes never send to
 * one channel at the same time.
 */
export function claim(
  meta: Meta,
  work: { readonly notification: NotificationRow; readonly channel: ChannelRow },
  nowMs: number,
): Promise<Claim> {
  const { notification, channel } = work;
  return meta.transaction().execute(async (trx) => {
    const current = await trx
      .selectFrom("channel")
      .select(["status", "secret", "config"])
      .where("id", "=", channel.id)
      .forUpdate()
      .executeTakeFirst();
    const isSame = current?.secret === channel.secret && current.config === channel.config;
    if (!isSame || current.status !== channel.status) return { kind: "changed" };
    if (await isChannelBusy(trx, notification, nowMs)) return { kind: "busy" };
    const claimed = await trx
      .updateTable("notification")
      .set({ state: "sending", attempts: notification.attempts + 1, next_attempt_at: nowMs + sendingLeaseMs })
      .where("id", "=", notification.id)
      .where("state", "=", notification.state)
      .where("attempts", "=", notification.attempts)
      .returningAll()
      .executeTakeFirst();
    if (claimed === undefined) return { kind: "changed" };
    if (notification.state === "sending") await recordLostAttempt(trx, notification, nowMs);
    return { kind: "claimed", notification: claimed };
  });
}

async function isChannelBusy(
  trx: Transaction<MetaSchema>,
  notification: NotificationRow,
  nowMs: number,
): Promise<boolean> {
  const other = await trx
    .selectFrom("notification")
    .select("id")
    .where(isOpen)
    .where("next_attempt_at", ">", nowMs)
    .where("state", "=", "sending")
    .where(sql<boolean>`+channel_id = ${notification.channel_id}`)
    .where("id", "!=", notification.id)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/** The attempt during which a process died: nobody saw its answer. */
function recordLostAttempt(
  trx: Transaction<MetaSchema>,
  notification: NotificationRow,
  nowMs: number,
): Promise<void> {
  return addDelivery(trx, notification, {
    at: nowMs,
    outcome: "retry",
    httpStatus: null,
    reason: "The server stopped before it saw the answer; the message may have arrived.",
    durationMs: 0,
  });
}
