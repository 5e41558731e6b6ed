import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { deleteProject } from "../../actions/projects/delete-project.js";
import { updateProject } from "../../actions/projects/update-project.js";
import { requireScope } from "../http/caller.js";
import { noContent } from "../http/no-content.js";
import type { ApiPorts } from "../http/ports.js";
import { firstValue } from "../http/query-values.js";
import type { Query } from "../http/query-values.js";
import { findOrganization, findProject } from "../http/scope-lookup.js";
import { sendPage } from "../http/send-page.js";
import { createProjectFor } from "./create-project-for.js";
import { listProjects } from "./list-projects.js";
import { readProjectDetail } from "./read-project-detail.js";

interface ProjectsPath {
  Params: { organization: string };
  Querystring: Query;
}
interface ProjectPath {
  Params: { organization: string; project: string };
}

// Unknown fields of the project are ignored, as Sentry does: the Terraform provider sends many. Unknown settings are
// ours and refused, since a misspelt name would otherwise look as if it held.
const changesSchema = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  slug: z.string().optional(),
  platform: z.string().max(64).nullish(),
  status: z.enum(["active", "disabled"]).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
});

/** Projects: list, create, read, change, delete. */
export function registerProjects(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta, publicUrl } = ports;

  scope.get<ProjectsPath>("/organizations/:organization/projects/", async (request, reply) => {
    const caller = requireScope(request, ["project:read", "org:ci"]);
    await findOrganization(meta, caller, request.params.organization);
    const projects = await listProjects(ports, caller, firstValue(request.query, "query"));
    return sendPage({ request, reply, publicUrl }, async ({ offset, limit }) =>
      projects.slice(offset, offset + limit),
    );
  });

  scope.post<ProjectsPath>("/organizations/:organization/projects/", async (request, reply) => {
    const caller = requireScope(request, "project:write");
    await findOrganization(meta, caller, request.params.organization);
    return reply.code(201).send(await createProjectFor(ports, caller, request.body));
  });

  scope.get("/projects/", async (request) => listProjects(ports, requireScope(request, "project:read")));

  scope.get<ProjectPath>("/projects/:organization/:project/", async (request) => {
    const caller = requireScope(request, ["project:read", "org:ci"]);
    return readProjectDetail(ports, caller, await findProject(meta, caller, request.params));
  });

  scope.put<ProjectPath>("/projects/:organization/:project/", async (request) => {
    const caller = requireScope(request, "project:write");
    const { id } = await findProject(meta, caller, request.params);
    await updateProject(ports, caller, { projectId: id, changes: changesSchema.parse(request.body) });
    const path = { organization: request.params.organization, project: String(id) };
    return readProjectDetail(ports, caller, await findProject(meta, caller, path));
  });

  scope.delete<ProjectPath>("/projects/:organization/:project/", async (request, reply) => {
    const caller = requireScope(request, "project:admin");
    const { id } = await findProject(meta, caller, request.params);
    await deleteProject(ports, caller, id);
    return noContent(reply);
  });
}
