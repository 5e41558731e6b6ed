import { newHexId } from "../../../shared/ids.js";
import type { Meta } from "../../../store/port.js";
import { insertKey } from "../../keys/create-key.js";
import type { FileProject } from "./config-schema.js";
import { creationDiff, updateOrNot } from "./planned-change.js";
import type { PlanContext, PlannedChange } from "./planned-change.js";

/** Projects of the file that are missing or differ. What the file leaves out of a project stays; none is removed. */
export async function planProjects(
  trx: Meta,
  context: PlanContext,
  wanted: readonly FileProject[],
): Promise<readonly PlannedChange[]> {
  const rows = await trx
    .selectFrom("project")
    .select(["id", "slug", "name", "platform"])
    .where("organization_id", "=", context.actor.organizationId)
    .execute();
  return wanted.map((project) => {
    const row = rows.find(({ slug }) => slug === project.slug);
    const base = { kind: "project", name: project.slug } as const;
    if (!row) {
      const { slug, name = slug, platform } = project;
      const diff = creationDiff({ name, platform });
      return { ...base, action: "create", diff, run: (t) => createProject(t, context, project) };
    }
    const next = { name: project.name ?? row.name, platform: project.platform ?? row.platform };
    const run = async (t: Meta) => {
      await t
        .updateTable("project")
        .set((eb) => ({ ...next, revision: eb("revision", "+", 1) }))
        .where("id", "=", row.id)
        .execute();
    };
    return updateOrNot({ ...base, run }, { name: row.name, platform: row.platform }, next);
  });
}

async function createProject(
  trx: Meta,
  { actor, now }: PlanContext,
  {
    slug,
    name = slug,
    platform = null,
  }: Omit<FileProject, "platform"> & { platform?: string | null | undefined },
): Promise<void> {
  const { id } = await trx
    .insertInto("project")
    .values({
      organization_id: actor.organizationId,
      slug,
      name,
      platform,
      status: "active",
      created_at: now,
      settings: "{}",
      next_short_id: 1,
      revision: 1,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await insertKey(trx, { projectId: id, publicKey: newHexId(), label: "Default", at: now });
}
