import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { findRule } from "./find-rule.js";
import type { RuleRow } from "./find-rule.js";
import { recordAudit } from "../audit.js";

/** Removes a rule with its history and the messages it still had to send. @throws AppError not_found */
export async function deleteRule(ports: AlertPorts, actor: Actor, idOrSlug: string): Promise<void> {
  const now = ports.now();
  await ports.meta.transaction().execute(async (trx) => {
    const rule = await findRule(trx, actor.organizationId, idOrSlug);
    await removeRule(trx, rule);
    const data = { slug: rule.slug, definition: JSON.parse(rule.definition) as unknown };
    await recordAudit(trx, actor, { action: "rule.delete", target: rule.name, data, at: now });
  });
}

/** Within a transaction: the rule goes, and what waits in the outbox for it is dropped, visibly. */
export async function removeRule(trx: Meta, rule: Pick<RuleRow, "id">): Promise<void> {
  await trx
    .updateTable("notification")
    .set({ state: "dropped", last_error: "The rule was deleted before the message was sent." })
    .where("rule_id", "=", rule.id)
    .where("state", "=", "pending")
    .execute();
  await trx.deleteFrom("rule").where("id", "=", rule.id).execute();
}
