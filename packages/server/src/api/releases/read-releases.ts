import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { ReleaseTable } from "../../store/meta/schema.js";
import type { Meta } from "../../store/port.js";

interface ReleaseProject {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly platform: string | null;
  readonly new_issues: number;
}

export interface ReleaseRow {
  readonly release: Selectable<ReleaseTable>;
  readonly projects: readonly ReleaseProject[];
}

export interface ReleaseFilter {
  readonly organizationId: number;
  /** Only releases that sent something to one of these projects. */
  readonly projectIds: readonly number[];
  /** Every release of the organisation, also one that no project has sent anything from. */
  readonly withoutProjects: boolean;
  /** Part of the version, in either case. */
  readonly search?: string | undefined;
  readonly version?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Releases, the newest first, each with those of the projects that it belongs to. */
export async function readReleases(meta: Meta, filter: ReleaseFilter): Promise<readonly ReleaseRow[]> {
  let query = meta
    .selectFrom("release")
    .selectAll()
    .where("release.organization_id", "=", filter.organizationId);
  if (!filter.withoutProjects) {
    if (filter.projectIds.length === 0) return [];
    query = query.where("release.id", "in", (eb) =>
      eb.selectFrom("release_project").select("release_id").where("project_id", "in", filter.projectIds),
    );
  }
  if (filter.version !== undefined) query = query.where("release.version", "=", filter.version);
  if (filter.search) {
    const pattern = `%${filter.search.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where(sql<boolean>`lower(${sql.ref("release.version")}) like ${pattern} escape '\\'`);
  }
  const releases = await query
    .orderBy("release.created_at", "desc")
    .orderBy("release.id", "desc")
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  const projects = await readProjectsOf(
    meta,
    releases.map((release) => release.id),
  );
  return releases.map((release) => ({
    release,
    projects: projects.filter(({ release_id }) => release_id === release.id),
  }));
}

async function readProjectsOf(meta: Meta, releaseIds: readonly number[]) {
  if (releaseIds.length === 0) return [];
  return meta
    .selectFrom("release_project")
    .innerJoin("project", "project.id", "release_project.project_id")
    .select(["release_project.release_id", "release_project.new_issues"])
    .select(["project.id", "project.slug", "project.name", "project.platform"])
    .where("release_project.release_id", "in", releaseIds)
    .orderBy("project.slug")
    .execute();
}
