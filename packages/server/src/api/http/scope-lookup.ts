import type { Selectable } from "kysely";
import { AppError } from "../../shared/app-error.js";
import type { OrganizationTable, ProjectTable } from "../../store/meta/schema.js";
import type { Meta } from "../../store/port.js";
import type { Caller } from "./caller.js";

export type OrganizationRow = Selectable<OrganizationTable>;
export type ProjectRow = Selectable<ProjectTable>;

/** The organisation named in the path by slug or id, when it is the caller's. @throws AppError not_found */
export async function findOrganization(
  meta: Meta,
  caller: Caller,
  slugOrId: string,
): Promise<OrganizationRow> {
  const row = await meta
    .selectFrom("organization")
    .selectAll()
    .where("id", "=", caller.organizationId)
    .executeTakeFirst();
  if (!row || (row.slug !== slugOrId && String(row.id) !== slugOrId)) {
    throw new AppError("not_found", "The requested resource does not exist");
  }
  return row;
}

/** The project named in the path by slug or id, within the caller's organisation. @throws AppError not_found */
export async function findProject(
  meta: Meta,
  caller: Caller,
  path: { organization: string; project: string },
): Promise<ProjectRow> {
  const organization = await findOrganization(meta, caller, path.organization);
  const row = await meta
    .selectFrom("project")
    .selectAll()
    .where("organization_id", "=", organization.id)
    .where((eb) =>
      /^\d{1,15}$/.test(path.project)
        ? eb.or([eb("slug", "=", path.project), eb("id", "=", Number(path.project))])
        : eb("slug", "=", path.project),
    )
    .executeTakeFirst();
  if (!row) throw new AppError("not_found", "The requested resource does not exist");
  return row;
}

/** Projects named by `?project=` (ids, slugs, repeated; `-1` or nothing means all), within the organisation. */
export async function findProjects(
  meta: Meta,
  organizationId: number,
  named: readonly string[],
): Promise<readonly ProjectRow[]> {
  const rows = await meta
    .selectFrom("project")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .orderBy("slug")
    .execute();
  if (named.length === 0 || named.includes("-1")) return rows;
  return rows.filter((row) => named.includes(row.slug) || named.includes(String(row.id)));
}
