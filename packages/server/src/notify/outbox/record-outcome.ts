import type { Meta } from "../../store/meta/schema.js";
import { addDelivery, type AttemptRecord } from "./delivery-row.js";
import type { ChannelRow, NotificationRow } from "./rows.js";

/** What became of a notification after an attempt, or instead of one (`attempt` null). */
export interface Outcome {
  readonly notification: NotificationRow;
  readonly channel: ChannelRow | null;
  readonly attempt: AttemptRecord | null;
  readonly state: "delivered" | "pending" | "failed";
  readonly reason: string;
  /** For `pending`, milliseconds since 1970. */
  readonly nextAttemptAt: number;
  readonly messageId: string | null;
  /** Set when nothing will be taken by the channel any more, until a person has changed it. */
  readonly disableChannel: boolean;
}

/**
 * Writes what happened, in one transaction: the attempt, the notification's state, what the channel's page shows, and,
 * when the channel is of no use any more, its end with all that waited for it.
 */
export function recordOutcome(meta: Meta, outcome: Outcome, nowMs: number): Promise<void> {
  return meta.transaction().execute(async (trx) => {
    const final = await settle(trx, outcome, nowMs);
    if (final.attempt !== null) await addDelivery(trx, final.notification, final.attempt);
    await setState(trx, final, nowMs);
    if (final.state === "delivered" && final.notification.attempts > 1) {
      await bringForward(trx, final.notification.channel_id, nowMs);
    }
    if (final.channel !== null && !final.disableChannel) await showOnChannel(trx, final.channel, final);
  });
}

/** Disables the channel where the outcome asks for it; if it was changed meanwhile, the new settings get their try. */
async function settle(trx: Meta, outcome: Outcome, nowMs: number): Promise<Outcome> {
  const { channel, reason, attempt } = outcome;
  if (!outcome.disableChannel || channel === null) return outcome;
  if (await disable(trx, channel, { reason, nowMs })) return outcome;
  return {
    ...outcome,
    state: "pending",
    nextAttemptAt: nowMs,
    attempt: attempt === null ? null : { ...attempt, outcome: "retry" },
  };
}

/** Touches only the row as this process holds it: somebody else may have taken it over after the lease. */
async function setState(trx: Meta, outcome: Outcome, nowMs: number): Promise<void> {
  const { notification, state } = outcome;
  await trx
    .updateTable("notification")
    .set({
      state,
      next_attempt_at: state === "pending" ? outcome.nextAttemptAt : nowMs,
      last_error: state === "delivered" ? null : outcome.reason,
      delivered_at: state === "delivered" ? nowMs : null,
      remote_message_id: outcome.messageId,
    })
    .where("id", "=", notification.id)
    .where("state", "=", notification.state)
    .where("attempts", "=", notification.attempts)
    .execute();
}

/** The first success after a failure: what waits for its next attempt need not wait, and goes out in order. */
async function bringForward(trx: Meta, channelId: number, nowMs: number): Promise<void> {
  await trx
    .updateTable("notification")
    .set({ next_attempt_at: nowMs })
    .where("channel_id", "=", channelId)
    .where("state", "=", "pending")
    .where("next_attempt_at", ">", nowMs)
    .execute();
}

/** What failed last stands on the channel until something arrives again. */
async function showOnChannel(trx: Meta, channel: ChannelRow, outcome: Outcome): Promise<void> {
  const reason = outcome.state === "delivered" ? null : outcome.reason;
  if (channel.status_reason === reason) return;
  await trx
    .updateTable("channel")
    .set({ status_reason: reason })
    .where("id", "=", channel.id)
    .where("status", "=", "active")
    .execute();
}

/** Only the channel with the settings that failed. @returns false when a person has changed it meanwhile */
async function disable(
  trx: Meta,
  channel: ChannelRow,
  { reason, nowMs }: { readonly reason: string; readonly nowMs: number },
): Promise<boolean> {
  const disabled = await trx
    .updateTable("channel")
    .set({ status: "disabled", status_reason: reason, status_at: nowMs })
    .where("id", "=", channel.id)
    .where("status", "=", "active")
    .where("secret", "=", channel.secret)
    .where("config", "=", channel.config)
    .returning("id")
    .executeTakeFirst();
  if (disabled === undefined) return false;
  await trx
    .insertInto("audit")
    .values({
      organization_id: channel.organization_id,
      at: nowMs,
      user_id: null,
      action: "channel.disabled",
      target: `channel:${channel.id}`,
      data: JSON.stringify({ name: channel.name, reason }),
    })
    .execute();
  await trx
    .updateTable("notification")
    .set({ state: "failed", last_error: reason, next_attempt_at: nowMs })
    .where("channel_id", "=", channel.id)
    .where("state", "=", "pending")
    .execute();
  return true;
}
