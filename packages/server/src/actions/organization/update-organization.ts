import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";
import { checkSlug } from "../projects/project-slug.js";

/** Renames the actor's organisation. @throws AppError invalid or conflict for the slug */
export async function updateOrganization(
  ports: { meta: Meta; now: () => number },
  actor: Actor,
  changes: { name?: string | undefined; slug?: string | undefined },
): Promise<void> {
  const at = ports.now();
  await ports.meta.transaction().execute(async (meta) => {
    const before = await meta
      .selectFrom("organization")
      .select(["slug", "name"])
      .where("id", "=", actor.organizationId)
      .executeTakeFirstOrThrow();
    const { name = before.name, slug = before.slug } = changes;
    if (slug !== before.slug) {
      const taken = await meta
        .selectFrom("organization")
        .select("id")
        .where("slug", "=", checkSlug(slug))
        .executeTakeFirst();
      if (taken) throw new AppError("conflict", "An organisation with this slug already exists.");
    }
    await meta
      .updateTable("organization")
      .set({ name, slug })
      .where("id", "=", actor.organizationId)
      .execute();
    const data = { name, slug };
    await recordAudit(meta, actor, { action: "organization.update", target: before.slug, at, data });
  });
}
