import { AppError } from "../../shared/app-error.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { findRule } from "./find-rule.js";
import type { RuleRow } from "./find-rule.js";
import { nextRuleRevision } from "./next-rule-revision.js";
import { recordAudit } from "../audit.js";

/**
 * Mutes a rule until a time, or wakes it. What it would have sent is written in its history as muted.
 *
 * @param until milliseconds since 1970, in the future; null wakes the rule
 * @throws AppError not_found, or invalid when the time is past
 */
export async function snoozeRule(
  ports: AlertPorts,
  actor: Actor,
  { idOrSlug, until }: { idOrSlug: string; until: number | null },
): Promise<RuleRow> {
  const now = ports.now();
  if (until !== null && until <= now) {
    throw new AppError("invalid", "The time until which the rule is muted has passed already.");
  }
  return ports.meta.transaction().execute(async (trx) => {
    const rule = await findRule(trx, actor.organizationId, idOrSlug);
    const row = await trx
      .updateTable("rule")
      .set({
        muted_until: until,
        muted_by: until === null ? null : actor.userId,
        updated_at: await nextRuleRevision(trx, now),
      })
      .where("id", "=", rule.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = until === null ? {} : { until: new Date(until).toISOString() };
    const action = until === null ? "rule.wake" : "rule.snooze";
    await recordAudit(trx, actor, { action, target: rule.name, data, at: now });
    return row;
  });
}
