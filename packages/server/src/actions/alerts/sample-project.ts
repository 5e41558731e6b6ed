import type { NotificationPayload } from "../../domain/notification.js";
import type { Meta } from "../../store/port.js";

/**
 * The project and organisation a test message speaks of: the first of the wanted slugs that exists, else the oldest.
 *
 * @param slugs `*` stands for any
 */
export async function readSampleProject(
  trx: Meta,
  organizationId: number,
  slugs: readonly string[],
): Promise<Pick<NotificationPayload, "project" | "organization">> {
  const organization = await trx
    .selectFrom("organization")
    .select(["id", "slug"])
    .where("id", "=", organizationId)
    .executeTakeFirstOrThrow();
  const projects = await trx
    .selectFrom("project")
    .select(["id", "slug", "name"])
    .where("organization_id", "=", organizationId)
    .orderBy("id")
    .execute();
  const named = projects.find(({ slug }) => slugs.includes(slug));
  return { organization, project: named ?? projects[0] ?? { id: 0, slug: "", name: "" } };
}
