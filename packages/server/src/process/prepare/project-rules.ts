import { compileScrubber } from "@vedette/masking";
import type { NormalisedEvent } from "@vedette/protocol";
import { defaultProjectSettings, projectSettingsSchema } from "../../domain/project-settings.js";
import type { ProjectSettings } from "../../domain/project-settings.js";
import type { Meta } from "../../store/port.js";

/** What process obeys for one project, compiled once per revision of its settings. */
export interface ProjectRules {
  readonly id: number;
  readonly organizationId: number;
  readonly slug: string;
  readonly revision: number;
  readonly settings: ProjectSettings;
  scrub(event: NormalisedEvent): NormalisedEvent;
}

export interface ProjectRulesCache {
  /** Rules of the given projects as they stand now; projects that do not exist are absent. */
  get(projectIds: Iterable<number>): Promise<ReadonlyMap<number, ProjectRules>>;
}

/** One query a batch tells which projects changed; only those are compiled again. */
export function projectRulesCache(meta: Meta): ProjectRulesCache {
  const cache = new Map<number, ProjectRules>();
  return {
    async get(projectIds) {
      const ids = [...new Set(projectIds)];
      if (ids.length === 0) return new Map();
      const rows = await meta
        .selectFrom("project")
        .select(["id", "organization_id", "slug", "revision", "settings"])
        .where("id", "in", ids)
        .execute();
      const found = new Map<number, ProjectRules>();
      for (const row of rows) {
        const known = cache.get(row.id);
        const rules = known?.revision === row.revision ? known : compile(row);
        cache.set(row.id, rules);
        found.set(row.id, rules);
      }
      return found;
    },
  };
}

function compile(row: {
  id: number;
  organization_id: number;
  slug: string;
  revision: number;
  settings: string;
}): ProjectRules {
  const settings = parseProjectSettings(row.settings);
  const scrubber = compileScrubber({ ...settings, style: settings.maskStyle });
  return {
    id: row.id,
    organizationId: row.organization_id,
    slug: row.slug,
    revision: row.revision,
    settings,
    scrub: (event) => scrubber.scrubEvent(event).event,
  };
}

/** Stored settings with every default filled in; what cannot be read counts as default, so that nothing is lost. */
export function parseProjectSettings(text: string): ProjectSettings {
  const parsed = projectSettingsSchema.safeParse(JSON.parse(text || "{}"));
  return parsed.success ? parsed.data : defaultProjectSettings;
}
