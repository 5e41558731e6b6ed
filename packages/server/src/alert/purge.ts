import type { Meta } from "../store/port.js";
import { consumerName } from "./change-log.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/**
 * How long the change log is kept after alert has read it. Its rows carry facts of events, about as many bytes as the
 * events themselves: 100 of them a second would make 40 GB a day.
 */
const changesKeptHours = 1;
/** Rule history, and the messages sent with their attempts. */
const historyKeptDays = 90;
/** Rows of one statement, short enough not to hold up a batch. */
const rowsPerStep = 500;

/**
 * Deletes changes that alert has read and that are older than an hour, and rule history and finished notifications older
 * than 90 days. For the housekeeping job.
 *
 * @param now milliseconds since 1970
 * @param signal ends it after the step under way
 * @returns how many rows were deleted
 */
export async function purgeAlertHistory(
  meta: Meta,
  now: number,
  signal?: AbortSignal,
): Promise<{ changes: number; history: number; notifications: number }> {
  const consumer = await meta
    .selectFrom("consumer")
    .select("position")
    .where("name", "=", consumerName)
    .executeTakeFirst();
  const before = now - changesKeptHours * hourMs;
  const upTo = consumer?.position ?? 0;
  const historyBefore = now - historyKeptDays * dayMs;
  const changes = await inSteps(() => deleteChanges(meta, { before, upTo }), signal);
  const history = await inSteps(() => deleteHistory(meta, historyBefore), signal);
  const notifications = await inSteps(() => deleteNotifications(meta, historyBefore), signal);
  return { changes, history, notifications };
}

async function inSteps(
  step: () => Promise<{ numDeletedRows: bigint }>,
  signal: AbortSignal | undefined,
): Promise<number> {
  for (let deleted = 0; ;) {
    if (signal?.aborted) return deleted;
    const rows = Number((await step()).numDeletedRows);
    deleted += rows;
    if (rows < rowsPerStep) return deleted;
  }
}

function deleteChanges(meta: Meta, { before, upTo }: { before: number; upTo: number }) {
  return meta
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
    .executeTakeFirstOrThrow();
}

function deleteHistory(meta: Meta, before: number) {
  return meta
    .deleteFrom("rule_history")
    .where("id", "in", (old) =>
      old.selectFrom("rule_history").select("id").where("at", "<", before).orderBy("at").limit(rowsPerStep),
    )
    .executeTakeFirstOrThrow();
}

/** By id, which grows with time: the first that is too young ends the search. */
function deleteNotifications(meta: Meta, before: number) {
  return meta
    .deleteFrom("notification")
    .where("id", "in", (old) => old.selectFrom("notification").select("id").orderBy("id").limit(rowsPerStep))
    .where("created_at", "<", before)
    .where("state", "in", ["delivered", "failed", "dropped"])
    .executeTakeFirstOrThrow();
}
