import type { Decision } from "../decide-batch.js";
import type { Meta } from "../../store/port.js";

/** A rule whose interval is 0 still gets only one row a minute. */
const shortestSpanMs = 60_000;

/** Matches of one rule and issue that were held back for the same reason. */
interface HeldBack {
  readonly first: Decision;
  count: number;
}

/**
 * Writes down what was throttled, muted or stopped: one row per rule, issue and interval, whose `data.count` says how
 * often and `data.lastAt` when last. A busy issue would otherwise fill the history with one row per event.
 */
export async function recordHeldBack(trx: Meta, decisions: readonly Decision[], now: number): Promise<void> {
  const groups = new Map<string, HeldBack>();
  for (const decision of decisions) {
    const key = `${decision.rule.id}/${decision.issue.facts.id}/${decision.verdict.outcome}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { first: decision, count: 1 });
  }
  for (const group of groups.values()) await record(trx, group, now);
}

async function record(trx: Meta, { first, count }: HeldBack, now: number): Promise<void> {
  const { rule, issue, verdict } = first;
  const known = await trx
    .selectFrom("rule_history")
    .select(["id", "data"])
    .where("rule_id", "=", rule.id)
    .where("issue_id", "=", issue.facts.id)
    .where("outcome", "=", verdict.outcome)
    .where("at", ">=", spanStart(first, now))
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (known) {
    const data = JSON.parse(known.data) as { count?: number };
    await trx
      .updateTable("rule_history")
      .set({ data: JSON.stringify({ ...data, count: (data.count ?? 1) + count, lastAt: now }) })
      .where("id", "=", known.id)
      .execute();
    return;
  }
  await trx
    .insertInto("rule_history")
    .values({
      rule_id: rule.id,
      issue_id: issue.facts.id,
      event_id: verdict.event?.eventId ?? null,
      at: now,
      outcome: verdict.outcome,
      reason: verdict.reason,
      data: JSON.stringify({ trace: verdict.trace, changeId: verdict.change.id, count, lastAt: now }),
    })
    .execute();
}

/** Throttling spans from one firing to the next; mute and stop have no firing to go by. */
function spanStart({ rule, verdict, lastFiredAt }: Decision, now: number): number {
  if (verdict.outcome === "throttled" && lastFiredAt !== null) return lastFiredAt;
  return now - Math.max(rule.intervalMs, shortestSpanMs);
}
