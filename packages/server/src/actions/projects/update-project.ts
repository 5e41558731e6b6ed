import { z } from "zod";
import { projectSettingsSchema } from "../../domain/project-settings.js";
import type { ProjectSettings } from "../../domain/project-settings.js";
import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";
import { checkSlug } from "./project-slug.js";

export interface ProjectChanges {
  readonly name?: string | undefined;
  readonly slug?: string | undefined;
  readonly platform?: string | null | undefined;
  readonly status?: "active" | "disabled" | undefined;
  /** Only what changes; `filters` is merged with those stored. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

const settingsPatch = z.looseObject({ filters: z.looseObject({}).optional() });

/**
 * Changes a project and raises its revision, so that ingest and process read it anew.
 *
 * @throws ZodError for settings that are none, AppError invalid or conflict for the slug, not_found
 */
export async function updateProject(
  ports: { meta: Meta; now: () => number },
  actor: Actor,
  { projectId, changes }: { projectId: number; changes: ProjectChanges },
): Promise<void> {
  const at = ports.now();
  await ports.meta.transaction().execute(async (meta) => {
    // The write comes first: it locks the row, so that two changes at once do not lose one.
    const before = await meta
      .updateTable("project")
      .set((eb) => ({ revision: eb("revision", "+", 1) }))
      .where("id", "=", projectId)
      .where("organization_id", "=", actor.organizationId)
      .returning(["slug", "settings"])
      .executeTakeFirst();
    if (!before) throw new AppError("not_found", "The requested resource does not exist");
    const { settings, slug, ...plain } = changes;
    if (slug !== undefined && slug !== before.slug) {
      await checkFree(meta, { organizationId: actor.organizationId, slug: checkSlug(slug) });
    }
    const values = definedOnly({
      ...plain,
      slug,
      settings: settings && JSON.stringify(mergeSettings(before.settings, settings)),
    });
    if (Object.keys(values).length > 0) {
      await meta.updateTable("project").set(values).where("id", "=", projectId).execute();
    }
    const data = { ...definedOnly(changes) };
    await recordAudit(meta, actor, { action: "project.update", target: before.slug, at, data });
  });
}

function mergeSettings(stored: string, patch: Readonly<Record<string, unknown>>): ProjectSettings {
  const current = projectSettingsSchema.parse(JSON.parse(stored));
  const { filters, ...rest } = settingsPatch.parse(patch);
  return projectSettingsSchema.parse({ ...current, ...rest, filters: { ...current.filters, ...filters } });
}

async function checkFree(meta: Meta, wanted: { organizationId: number; slug: string }): Promise<void> {
  const taken = await meta
    .selectFrom("project")
    .select("id")
    .where("organization_id", "=", wanted.organizationId)
    .where("slug", "=", wanted.slug)
    .executeTakeFirst();
  if (taken) throw new AppError("conflict", "A project with this slug already exists.");
}

/** Without the fields that were not given. */
function definedOnly<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]: Exclude<T[K], undefined> };
}
