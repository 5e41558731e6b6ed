import { ruleDefinitionSchema } from "../../../domain/rule.js";
import type { Meta } from "../../../store/port.js";
import { removeRule } from "../delete-rule.js";
import type { RuleRow } from "../find-rule.js";
import { nextRuleRevision } from "../next-rule-revision.js";
import { ruleSlug } from "../rule-slug.js";
import type { FileRule } from "./config-schema.js";
import { creationDiff, updateOrNot } from "./planned-change.js";
import type { PlanContext, PlannedChange } from "./planned-change.js";

/** Rules to add, change and remove; a rule is known by the slug of its name. One made by hand becomes the file's. */
export async function planRules(
  trx: Meta,
  context: PlanContext,
  wanted: readonly FileRule[],
): Promise<readonly PlannedChange[]> {
  const rows = await trx
    .selectFrom("rule")
    .selectAll()
    .where("organization_id", "=", context.actor.organizationId)
    .orderBy("slug")
    .execute();
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  const slugs = new Set(wanted.map(({ name }) => ruleSlug(name) ?? ""));
  const gone = rows.filter((row) => row.origin === "file" && !slugs.has(row.slug));
  return [
    ...wanted.map((rule) => {
      const row = bySlug.get(ruleSlug(rule.name) ?? "");
      return row ? planChange(context, rule, row) : planCreation(context, rule);
    }),
    ...gone.map(planRemoval),
  ];
}

function planCreation({ actor, now }: PlanContext, rule: FileRule): PlannedChange {
  const { name, enabled = true, ...definition } = rule;
  return {
    kind: "rule",
    name,
    action: "create",
    diff: creationDiff(enabled ? definition : { enabled, ...definition }),
    run: async (trx) => {
      await trx
        .insertInto("rule")
        .values({
          organization_id: actor.organizationId,
          slug: ruleSlug(name) ?? "",
          name,
          definition: JSON.stringify(definition),
          enabled: Number(enabled),
          origin: "file",
          created_at: now,
          created_by: actor.userId,
          updated_at: await nextRuleRevision(trx, now),
        })
        .execute();
    },
  };
}

function planChange({ now }: PlanContext, rule: FileRule, row: RuleRow): PlannedChange {
  const { name, enabled = row.enabled === 1, ...definition } = rule;
  const run = async (trx: Meta) => {
    await trx
      .updateTable("rule")
      .set({
        name,
        definition: JSON.stringify(definition),
        enabled: Number(enabled),
        origin: "file",
        updated_at: await nextRuleRevision(trx, now),
      })
      .where("id", "=", row.id)
      .execute();
  };
  const from = { name: row.name, enabled: row.enabled === 1, origin: row.origin, ...storedDefinition(row) };
  return updateOrNot({ kind: "rule", name, run }, from, { name, enabled, origin: "file", ...definition });
}

/** Read through the schema again, so that a default added by a newer version is no difference. */
function storedDefinition(row: RuleRow): Readonly<Record<string, unknown>> {
  const stored: unknown = JSON.parse(row.definition);
  const parsed = ruleDefinitionSchema.safeParse(stored);
  return parsed.success ? parsed.data : {};
}

function planRemoval(row: RuleRow): PlannedChange {
  return { kind: "rule", name: row.name, action: "delete", diff: [], run: (trx) => removeRule(trx, row) };
}
