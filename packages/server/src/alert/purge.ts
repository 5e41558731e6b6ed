import type { Meta } from "../store/port.js";
import { consumerName } from "./change-log.js";

const dayMs = 86_400_000;
/** The change log is kept this long after it was read: the watch over issues takes events' facts from it. */
const changesKeptDays = 7;
const historyKeptDays = 90;

/**
 * Deletes changes that alert has read and that are older than 7 days, and rule history older than 90 days. For the
 * housekeeping job.
 *
 * @param now milliseconds since 1970
 * @returns how many rows were deleted
 */
export async function purgeAlertHistory(
  meta: Meta,
  now: number,
): Promise<{ changes: number; history: number }> {
  const consumer = await meta
    .selectFrom("consumer")
    .select("position")
    .where("name", "=", consumerName)
    .executeTakeFirst();
  const changes = await meta
    .deleteFrom("change")
    .where("at", "<", now - changesKeptDays * dayMs)
    .where("id", "<=", consumer?.position ?? 0)
    .executeTakeFirst();
  const history = await meta
    .deleteFrom("rule_history")
    .where("at", "<", now - historyKeptDays * dayMs)
    .executeTakeFirst();
  return { changes: Number(changes.numDeletedRows), history: Number(history.numDeletedRows) };
}
