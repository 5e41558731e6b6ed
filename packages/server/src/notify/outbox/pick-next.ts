import { sql } from "kysely";
import type { Meta } from "../../store/meta/schema.js";
import { isOpen, type Picked } from "./rows.js";

/** A notification that has failed more often no longer holds back those behind it: about a minute and a half. */
const attemptsThatHoldBack = 5;

/**
 * The notification whose turn it is in a channel: the oldest, once it is due. One that waits for its next attempt holds
 * back the younger, so that messages arrive in order, until it has failed `attemptsThatHoldBack` times.
 *
 * The plus keeps SQLite from walking the channel's whole history by `notification_channel`: the partial index holds
 * only what is open.
 *
 * @returns undefined when nothing is due
 */
export async function pickNext(meta: Meta, channelId: number, nowMs: number): Promise<Picked | undefined> {
  const notification = await meta
    .selectFrom("notification")
    .selectAll()
    .where(isOpen)
    .where("next_attempt_at", ">=", 0)
    .where(sql<boolean>`+channel_id = ${channelId}`)
    .where((expression) =>
      expression.or([
        expression("next_attempt_at", "<=", nowMs),
        expression("attempts", "<=", attemptsThatHoldBack),
        expression("state", "=", "sending"),
      ]),
    )
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  if (notification === undefined || notification.next_attempt_at > nowMs) return undefined;
  const channel = await meta.selectFrom("channel").selectAll().where("id", "=", channelId).executeTakeFirst();
  return { notification, channel: channel ?? null };
}
