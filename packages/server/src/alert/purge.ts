import type { Meta } from "../store/port.js";
import { consumerName } from "./change-log.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/**
 * How long the change log is kept after alert has read it. Its rows carry facts of events, about as many bytes as the
 * events themselves: 100 of them a second would make 40 GB a day.
 */
const changesKeptHours = 1;
const historyKeptDays = 90;
/** Rows of one statement, short enough not to hold up a batch. */
const rowsPerStep = 500;

/**
 * Deletes changes that alert has read and that are older than an hour, and rule history older than 90 days. For the
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
  const before = now - changesKeptHours * hourMs;
  const changes = await purgeChanges(meta, { before, upTo: consumer?.position ?? 0 });
  const history = await meta
    .deleteFrom("rule_history")
    .where("at", "<", now - historyKeptDays * dayMs)
    .executeTakeFirst();
  return { changes, history: Number(history.numDeletedRows) };
}

async function purgeChanges(meta: Meta, { before, upTo }: { before: number; upTo: number }): Promise<number> {
  for (let deleted = 0; ;) {
    const result = await meta
      .deleteFrom("change")
      .where("id", "in", (old) =>
        old
          .selectFrom("change")
          .select("id")
          .where("at", "<", before)
          .where("id", "<=", upTo)
          .orderBy("at")
          .limit(rowsPerStep),
      )
      .executeTakeFirst();
    deleted += Number(result.numDeletedRows);
    if (Number(result.numDeletedRows) < rowsPerStep) return deleted;
  }
}
