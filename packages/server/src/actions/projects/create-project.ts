import { AppError } from "../../shared/app-error.js";
import { newHexId } from "../../shared/ids.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";
import { insertKey } from "../keys/create-key.js";
import { checkSlug, slugOf } from "./project-slug.js";

export interface NewProject {
  readonly name: string;
  /** Absent: made of the name, with a number where that is taken. */
  readonly slug?: string | undefined;
  readonly platform?: string | null | undefined;
}

const slugAttempts = 50;

/**
 * Makes a project with a first key.
 *
 * @returns its id
 * @throws AppError invalid for a slug that cannot be one, conflict when it is taken
 */
export async function createProject(
  ports: { meta: Meta; now: () => number },
  actor: Actor,
  project: NewProject,
): Promise<number> {
  const at = ports.now();
  return ports.meta.transaction().execute(async (meta) => {
    const { id, slug } = await insertProject(meta, { ...project, organizationId: actor.organizationId, at });
    await insertKey(meta, { projectId: id, publicKey: newHexId(), label: "Default", at });
    await recordAudit(meta, actor, { action: "project.create", target: slug, at });
    return id;
  });
}

async function insertProject(meta: Meta, project: NewProject & { organizationId: number; at: number }) {
  for (const slug of slugsToTry(project)) {
    const row = await meta
      .insertInto("project")
      .values({
        organization_id: project.organizationId,
        slug,
        name: project.name,
        platform: project.platform ?? null,
        status: "active",
        created_at: project.at,
        first_event_at: null,
        settings: "{}",
        next_short_id: 1,
        revision: 1,
      })
      .onConflict((conflict) => conflict.columns(["organization_id", "slug"]).doNothing())
      .returning(["id", "slug"])
      .executeTakeFirst();
    if (row) return row;
  }
  throw new AppError("conflict", "A project with this slug already exists.");
}

function slugsToTry({ name, slug }: NewProject): readonly string[] {
  if (slug !== undefined) return [checkSlug(slug)];
  const base = slugOf(name);
  return Array.from({ length: slugAttempts }, (_unused, index) =>
    index === 0 ? base : `${base}-${index + 1}`,
  );
}
