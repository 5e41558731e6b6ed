import type { OutcomeCount } from "./prepare/prepared.js";

const minuteMs = 60_000;

/** Counts of a batch, added up by project, key, category, outcome, reason and minute, as lines for the outcomes table. */
export function outcomeRows(counts: readonly OutcomeCount[]): readonly string[] {
  const sums = new Map<string, { row: Record<string, unknown>; quantity: number }>();
  for (const count of counts) {
    const minute = Math.floor(count.at / minuteMs) * 60;
    const id = [count.projectId, count.publicKey, count.category, count.outcome, count.reason, minute].join(
      "\0",
    );
    const sum = sums.get(id);
    if (sum) sum.quantity += count.quantity;
    else {
      const row = {
        project_id: count.projectId,
        key: count.publicKey,
        category: count.category,
        outcome: count.outcome,
        reason: count.reason.slice(0, 200),
        minute,
      };
      sums.set(id, { row, quantity: count.quantity });
    }
  }
  return [...sums.values()].map(({ row, quantity }) => JSON.stringify({ ...row, quantity }));
}
