import type { FastifyInstance } from "fastify";
import { AppError } from "../../shared/app-error.js";
import { requireScope } from "../http/caller.js";
import type { Caller } from "../http/caller.js";
import type { ApiPorts } from "../http/ports.js";
import { findOrganization, findProject } from "../http/scope-lookup.js";
import type { OrganizationRow } from "../http/scope-lookup.js";
import { createProjectFor } from "../projects/create-project-for.js";
import { listProjects } from "../projects/list-projects.js";
import { teamJson } from "./team-json.js";

interface OrganizationPath {
  Params: { organization: string };
}
interface TeamPath {
  Params: { organization: string; team: string };
}
interface ProjectPath {
  Params: { organization: string; project: string };
}

/**
 * Teams, for clients that cannot do without: every organisation has one, with the organisation's own slug and id, which
 * holds everybody and all projects.
 */
export function registerTeams(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;

  scope.get<OrganizationPath>("/organizations/:organization/teams/", async (request) => {
    const caller = requireScope(request, "team:read");
    const organization = await findOrganization(meta, caller, request.params.organization);
    return [{ ...(await readTeam(ports, organization)), projects: await listProjects(ports, caller) }];
  });

  scope.get<TeamPath>("/teams/:organization/:team/", async (request) => {
    const caller = requireScope(request, "team:read");
    const organization = await findTeamOrganization(ports, caller, request.params);
    return {
      ...(await readTeam(ports, organization)),
      organization: { id: String(organization.id), slug: organization.slug, name: organization.name },
    };
  });

  scope.get<TeamPath>("/teams/:organization/:team/projects/", async (request) => {
    const caller = requireScope(request, "project:read");
    await findTeamOrganization(ports, caller, request.params);
    return listProjects(ports, caller);
  });

  scope.post<TeamPath>("/teams/:organization/:team/projects/", async (request, reply) => {
    const caller = requireScope(request, "project:write");
    await findTeamOrganization(ports, caller, request.params);
    return reply.code(201).send(await createProjectFor(ports, caller, request.body));
  });

  scope.get<ProjectPath>("/projects/:organization/:project/teams/", async (request) => {
    const caller = requireScope(request, "team:read");
    await findProject(meta, caller, request.params);
    return [await readTeam(ports, await findOrganization(meta, caller, request.params.organization))];
  });
}

async function findTeamOrganization(
  { meta }: ApiPorts,
  caller: Caller,
  path: TeamPath["Params"],
): Promise<OrganizationRow> {
  const organization = await findOrganization(meta, caller, path.organization);
  if (path.team === organization.slug || path.team === String(organization.id)) return organization;
  throw new AppError("not_found", "The requested resource does not exist");
}

async function readTeam({ meta }: ApiPorts, organization: OrganizationRow) {
  const { members } = await meta
    .selectFrom("member")
    .select((eb) => eb.fn.countAll().as("members"))
    .where("organization_id", "=", organization.id)
    .executeTakeFirstOrThrow();
  return teamJson(organization, Number(members));
}
