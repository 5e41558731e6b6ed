import type { Selectable } from "kysely";
import { AppError } from "../../shared/app-error.js";
import type { RuleTable } from "../../store/meta/schema.js";
import type { Meta } from "../../store/port.js";

export type RuleRow = Selectable<RuleTable>;

/** The rule with this id, slug or name, within the organisation. @throws AppError not_found */
export async function findRule(meta: Meta, organizationId: number, handle: string): Promise<RuleRow> {
  const query = meta.selectFrom("rule").selectAll().where("organization_id", "=", organizationId);
  const rows = await (
    /^\d{1,15}$/.test(handle)
      ? query.where("id", "=", Number(handle))
      : query.where((eb) => eb.or([eb("slug", "=", handle), eb("name", "=", handle)]))
  ).execute();
  const row = rows.find(({ slug }) => slug === handle) ?? rows[0];
  if (!row) throw new AppError("not_found", `There is no rule "${handle.slice(0, 100)}".`);
  return row;
}
