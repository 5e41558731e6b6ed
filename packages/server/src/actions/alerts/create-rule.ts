import { AppError } from "../../shared/app-error.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import type { RuleRow } from "./find-rule.js";
import { describeIssues } from "./describe-issues.js";
import { InvalidDocument } from "./invalid-document.js";
import { nextRuleRevision } from "./next-rule-revision.js";
import { readDefinition, readKnownNames, ruleNameSchema } from "./rule-input.js";
import { ruleSlug } from "./rule-slug.js";
import { recordAudit } from "../audit.js";

/** A rule as a person enters it. `definition` is checked here. */
export interface NewRule {
  readonly name: string;
  readonly definition: unknown;
  /** Default true. */
  readonly enabled?: boolean;
}

/**
 * Adds a rule.
 *
 * @throws InvalidDocument when name or definition are wrong; AppError conflict when the name is taken
 */
export async function createRule(ports: AlertPorts, actor: Actor, input: NewRule): Promise<RuleRow> {
  const name = readRuleName(input.name);
  const slug = ruleSlug(name) ?? "";
  const now = ports.now();
  return ports.meta.transaction().execute(async (trx) => {
    const known = await readKnownNames(trx, actor.organizationId);
    const definition = readDefinition(input.definition, known, ports.alertChecks);
    const taken = await trx
      .selectFrom("rule")
      .select("name")
      .where("organization_id", "=", actor.organizationId)
      .where("slug", "=", slug)
      .executeTakeFirst();
    if (taken) throw new AppError("conflict", `A rule called "${taken.name}" exists already.`);
    const row = await trx
      .insertInto("rule")
      .values({
        organization_id: actor.organizationId,
        slug,
        name,
        definition: JSON.stringify(definition),
        enabled: input.enabled === false ? 0 : 1,
        origin: "api",
        created_at: now,
        created_by: actor.userId,
        updated_at: await nextRuleRevision(trx, now),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await recordAudit(trx, actor, {
      action: "rule.create",
      target: name,
      data: { slug, definition },
      at: now,
    });
    return row;
  });
}

/** @throws InvalidDocument when it cannot be a rule's name */
export function readRuleName(name: string): string {
  const parsed = ruleNameSchema.safeParse(name);
  if (!parsed.success) throw new InvalidDocument(describeIssues(parsed.error.issues, ["name"]));
  return parsed.data;
}
