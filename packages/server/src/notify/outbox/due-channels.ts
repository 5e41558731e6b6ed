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
  const exclude = [...busy];
  const rows = await meta
    .selectFrom("notification")
    .select("channel_id")
    .where(isOpen)
    .where("next_attempt_at", "<=", nowMs)
    .$if(exclude.length > 0, (query) => query.where("channel_id", "not in", exclude))
    .groupBy("channel_id")
    .orderBy((expression) => expression.fn.min("next_attempt_at"))
    .execute();
  return rows.map((row) => row.channel_id);
}
