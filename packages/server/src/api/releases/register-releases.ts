import type { FastifyInstance } from "fastify";
import { AppError } from "../../shared/app-error.js";
import { requireScope } from "../http/caller.js";
import type { Scope } from "../../domain/scope.js";
import type { ApiPorts } from "../http/ports.js";
import { allValues, firstValue } from "../http/query-values.js";
import type { Query } from "../http/query-values.js";
import { findOrganization, findProject, findProjects } from "../http/scope-lookup.js";
import { sendPage } from "../http/send-page.js";
import { readReleases } from "./read-releases.js";
import { releaseJson } from "./release-json.js";

interface OrganizationPath {
  Params: { organization: string };
  Querystring: Query;
}
interface ProjectPath {
  Params: { organization: string; project: string };
  Querystring: Query;
}

const readers: readonly Scope[] = ["project:read", "project:releases", "org:ci"];

/** Releases: list and detail, of an organisation and of a project. */
export function registerReleases(scope: FastifyInstance, { meta, publicUrl }: ApiPorts): void {
  scope.get<OrganizationPath>("/organizations/:organization/releases/", async (request, reply) => {
    const caller = requireScope(request, readers);
    const { id: organizationId } = await findOrganization(meta, caller, request.params.organization);
    const named = allValues(request.query, "project");
    const projects = await findProjects(meta, organizationId, named);
    const rows = await sendPage({ request, reply, publicUrl }, (bounds) =>
      readReleases(meta, {
        organizationId,
        projectIds: projects.map((project) => project.id),
        withoutProjects: named.length === 0 || named.includes("-1"),
        search: firstValue(request.query, "query"),
        ...bounds,
      }),
    );
    return rows.map(releaseJson);
  });

  scope.get<ProjectPath>("/projects/:organization/:project/releases/", async (request, reply) => {
    const caller = requireScope(request, readers);
    const project = await findProject(meta, caller, request.params);
    const rows = await sendPage({ request, reply, publicUrl }, (bounds) =>
      readReleases(meta, {
        organizationId: project.organization_id,
        projectIds: [project.id],
        withoutProjects: false,
        search: firstValue(request.query, "query"),
        ...bounds,
      }),
    );
    return rows.map(releaseJson);
  });

  const find = async (which: { organizationId: number; projectIds: readonly number[]; version: string }) => {
    const withoutProjects = which.projectIds.length === 0;
    const [row] = await readReleases(meta, { ...which, withoutProjects, offset: 0, limit: 1 });
    if (!row) throw new AppError("not_found", "The requested resource does not exist");
    return releaseJson(row);
  };

  scope.get<{ Params: { organization: string; version: string } }>(
    "/organizations/:organization/releases/:version/",
    async (request) => {
      const caller = requireScope(request, readers);
      const { id } = await findOrganization(meta, caller, request.params.organization);
      return find({ organizationId: id, projectIds: [], version: request.params.version });
    },
  );

  scope.get<{ Params: { organization: string; project: string; version: string } }>(
    "/projects/:organization/:project/releases/:version/",
    async (request) => {
      const caller = requireScope(request, readers);
      const project = await findProject(meta, caller, request.params);
      const { version } = request.params;
      return find({ organizationId: project.organization_id, projectIds: [project.id], version });
    },
  );
}
