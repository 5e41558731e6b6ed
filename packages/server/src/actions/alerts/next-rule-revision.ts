import type { Meta } from "../../store/port.js";

/**
 * The time to write as a rule's `updated_at`: now, or a little later when another rule was changed just now. The alert
 * stage sees by the newest of them that rules have changed, so it must grow with every change.
 */
export async function nextRuleRevision(trx: Meta, now: number): Promise<number> {
  const row = await trx
    .selectFrom("rule")
    .select((eb) => eb.fn.max<number | null>("updated_at").as("newest"))
    .executeTakeFirst();
  return Math.max(now, (row?.newest ?? 0) + 1);
}
