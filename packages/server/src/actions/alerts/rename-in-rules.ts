import { ruleDefinitionSchema } from "../../domain/rule.js";
import type { Meta } from "../../store/port.js";
import { nextRuleRevision } from "./next-rule-revision.js";

/** Within a transaction: rules that send to a channel go on doing so under its new name. */
export async function renameInRules(
  trx: Meta,
  { organizationId, from, to, now }: { organizationId: number; from: string; to: string; now: number },
): Promise<void> {
  const rules = await trx
    .selectFrom("rule")
    .select(["id", "definition"])
    .where("organization_id", "=", organizationId)
    .execute();
  for (const rule of rules) {
    const parsed = ruleDefinitionSchema.safeParse(JSON.parse(rule.definition));
    if (!parsed.success || !parsed.data.notify.some(({ channel }) => channel === from)) continue;
    const notify = parsed.data.notify.map((target) =>
      target.channel === from ? { ...target, channel: to } : target,
    );
    await trx
      .updateTable("rule")
      .set({
        definition: JSON.stringify({ ...parsed.data, notify }),
        updated_at: await nextRuleRevision(trx, now),
      })
      .where("id", "=", rule.id)
      .execute();
  }
}
