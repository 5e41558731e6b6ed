import { sql } from "kysely";
import type { Meta } from "../../store/meta/schema.js";
import { isOpen } from "./rows.js";

/**
 * The channels for which something is due, other than those at work already; the one that has waited longest first.
 *
 * @param nowMs milliseconds since 1970
 */
export async function dueChannels(
  meta: Meta,
  busy: Iterable<number>,
  nowMs: number,
): Promise<readonly number[]> {
  const rows = await dueQuery(meta, [...busy], nowMs).execute();
  return rows.map((row) => row.channel_id);
}

/**
 * The plus keeps SQLite from walking all notifications ever sent in the order of their channels, four times a second:
 * the partial index holds only what is open.
 */
export function dueQuery(meta: Meta, exclude: readonly number[], nowMs: number) {
  const channel = sql<number>`+channel_id`;
  return meta
    .selectFrom("notification")
    .select(channel.as("channel_id"))
    .where(isOpen)
    .where("next_attempt_at", "<=", nowMs)
    .$if(exclude.length > 0, (query) => query.where(channel, "not in", exclude))
    .groupBy(channel)
    .orderBy((expression) => expression.fn.min("next_attempt_at"));
}
