import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { readRuleName } from "./create-rule.js";
import { diffValues } from "./diff-values.js";
import { findRule } from "./find-rule.js";
import type { RuleRow } from "./find-rule.js";
import { nextRuleRevision } from "./next-rule-revision.js";
import { readDefinition, readKnownNames } from "./rule-input.js";
import { recordAudit } from "../audit.js";

/** What may be changed of a rule; absent fields stay. */
export interface RuleChange {
  readonly name?: string;
  readonly definition?: unknown;
  readonly enabled?: boolean;
}

/**
 * Changes a rule or switches it on or off; the alert stage obeys from its next look. The slug stays.
 *
 * @throws AppError not_found; InvalidDocument when name or definition are wrong
 */
export async function updateRule(
  ports: AlertPorts,
  actor: Actor,
  { idOrSlug, change }: { idOrSlug: string; change: RuleChange },
): Promise<RuleRow> {
  const now = ports.now();
  return ports.meta.transaction().execute(async (trx) => {
    const before = await findRule(trx, actor.organizationId, idOrSlug);
    const known = await readKnownNames(trx, actor.organizationId);
    const definition =
      change.definition === undefined
        ? before.definition
        : JSON.stringify(readDefinition(change.definition, known, ports.alertChecks));
    const after = await trx
      .updateTable("rule")
      .set({
        name: change.name === undefined ? before.name : readRuleName(change.name),
        definition,
        enabled: change.enabled === undefined ? before.enabled : Number(change.enabled),
        updated_at: await nextRuleRevision(trx, now),
      })
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const diff = diffValues(facts(before), facts(after));
    await recordAudit(trx, actor, {
      action: actionOf(before, after, diff),
      target: after.name,
      data: { diff },
      at: now,
    });
    return after;
  });
}

function facts(row: RuleRow) {
  const definition: unknown = JSON.parse(row.definition);
  return { name: row.name, enabled: row.enabled === 1, definition };
}

function actionOf(before: RuleRow, after: RuleRow, diff: readonly { path: string }[]): string {
  const isSwitch = diff.length === 1 && before.enabled !== after.enabled;
  if (!isSwitch) return "rule.update";
  return after.enabled === 1 ? "rule.enable" : "rule.disable";
}
