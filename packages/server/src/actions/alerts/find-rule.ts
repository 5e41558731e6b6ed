import type { Selectable } from "kysely";
import { AppError } from "../../shared/app-error.js";
import type { RuleTable } from "../../store/meta/schema.js";
import type { Meta } from "../../store/port.js";

export type RuleRow = Selectable<RuleTable>;

/** The rule with this id or slug, within the organisation. @throws AppError not_found */
export async function findRule(meta: Meta, organizationId: number, idOrSlug: string): Promise<RuleRow> {
  const query = meta.selectFrom("rule").selectAll().where("organization_id", "=", organizationId);
  const row = await (
    /^\d{1,15}$/.test(idOrSlug)
      ? query.where("id", "=", Number(idOrSlug))
      : query.where("slug", "=", idOrSlug)
  ).executeTakeFirst();
  if (!row) throw new AppError("not_found", `There is no rule "${idOrSlug.slice(0, 100)}".`);
  return row;
}
