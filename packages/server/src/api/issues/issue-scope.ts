import type { FastifyRequest } from "fastify";
import { AppError } from "../../shared/app-error.js";
import type { IssueRow } from "../../actions/issues/issue-row.js";
import { requireScope } from "../http/caller.js";
import type { Caller } from "../http/caller.js";
import type { Scope } from "../../domain/scope.js";
import type { ApiPorts } from "../http/ports.js";
import { findOrganization, findProject } from "../http/scope-lookup.js";
import type { OrganizationRow, ProjectRow } from "../http/scope-lookup.js";
import { pathOf } from "./request-params.js";
import { parseShortId } from "./search/issue-conditions.js";

/** Who asks about which organisation. */
export interface OrganizationScope {
  readonly caller: Caller;
  readonly organization: OrganizationRow;
}

/** The issue a path names, checked to belong to the caller's organisation. */
export interface IssueScope extends OrganizationScope {
  readonly issue: IssueRow;
  readonly project: ProjectRow;
}

export interface ProjectScope extends OrganizationScope {
  readonly project: ProjectRow;
}

/** The organisation of the path, or the caller's own where the path has none (`/issues/{id}/`). @throws AppError */
export async function organizationScope(
  { meta }: ApiPorts,
  request: FastifyRequest,
  scope: Scope,
): Promise<OrganizationScope> {
  const caller = requireScope(request, scope);
  const named = pathOf(request, "organization") || String(caller.organizationId);
  return { caller, organization: await findOrganization(meta, caller, named) };
}

/** The project of the path. @throws AppError not_found, forbidden */
export async function projectScope(
  ports: ApiPorts,
  request: FastifyRequest,
  scope: Scope,
): Promise<ProjectScope> {
  const found = await organizationScope(ports, request, scope);
  const project = await findProject(ports.meta, found.caller, {
    organization: found.organization.slug,
    project: pathOf(request, "project"),
  });
  return { ...found, project };
}

/** The issue of the path, by number or short id. @throws AppError not_found, forbidden */
export async function issueScope(
  ports: ApiPorts,
  request: FastifyRequest,
  scope: Scope,
): Promise<IssueScope> {
  const found = await organizationScope(ports, request, scope);
  return { ...found, ...(await findIssue(ports, found.organization, pathOf(request, "issue"))) };
}

/** An issue of the organisation by number or short id. @throws AppError not_found */
export async function findIssue(
  { meta }: Pick<ApiPorts, "meta">,
  organization: Pick<OrganizationRow, "id">,
  named: string,
): Promise<{ issue: IssueRow; project: ProjectRow }> {
  const shortId = /^\d+$/.test(named) ? null : parseShortId(named);
  const id = /^\d{1,15}$/.test(named) ? Number(named) : null;
  if (id === null && !shortId) throw notFound();
  let query = meta
    .selectFrom("issue")
    .innerJoin("project", "project.id", "issue.project_id")
    .selectAll("issue")
    .where("project.organization_id", "=", organization.id);
  if (id !== null) query = query.where("issue.id", "=", id);
  if (shortId) {
    query = query
      .where("issue.short_id", "=", shortId.number)
      .where((eb) => eb(eb.fn<string>("lower", ["project.slug"]), "=", shortId.slug.toLowerCase()));
  }
  const issue = await query.executeTakeFirst();
  if (!issue) throw notFound();
  const project = await meta
    .selectFrom("project")
    .selectAll()
    .where("id", "=", issue.project_id)
    .executeTakeFirstOrThrow();
  return { issue, project };
}

/** What every path to nothing answers. */
export function notFound(): AppError {
  return new AppError("not_found", "The requested resource does not exist");
}
