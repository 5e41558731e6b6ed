import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { updateOrganization } from "../../actions/organization/update-organization.js";
import { readPeople } from "../auth/people.js";
import { requireScope } from "../http/caller.js";
import type { Caller } from "../http/caller.js";
import { isoTime } from "../http/iso-time.js";
import type { ApiPorts } from "../http/ports.js";
import { findOrganization, findProject } from "../http/scope-lookup.js";
import type { OrganizationRow } from "../http/scope-lookup.js";
import { sendPage } from "../http/send-page.js";
import { organizationDetailJson, organizationJson } from "./organization-json.js";

interface OrganizationPath {
  Params: { organization: string };
}
interface ProjectPath {
  Params: { organization: string; project: string };
}

const changesSchema = z.object({
  name: z.string().trim().min(1).max(64).optional(),
  slug: z.string().optional(),
});

/** Organisations, their environments and their audit log. */
export function registerOrganizations(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta, publicUrl } = ports;

  scope.get("/organizations/", async (request, reply) => {
    const caller = requireScope(request, ["org:read", "org:ci"]);
    return sendPage({ request, reply, publicUrl }, async ({ offset }) => {
      const row = await findOrganization(meta, caller, caller.organizationSlug);
      return offset > 0 ? [] : [organizationJson(row, publicUrl)];
    });
  });

  scope.get<OrganizationPath>("/organizations/:organization/", async (request) => {
    const caller = requireScope(request, ["org:read", "org:ci"]);
    return detailOf(ports, caller, await findOrganization(meta, caller, request.params.organization));
  });

  scope.put<OrganizationPath>("/organizations/:organization/", async (request) => {
    const caller = requireScope(request, "org:write");
    await findOrganization(meta, caller, request.params.organization);
    await updateOrganization(ports, caller, changesSchema.parse(request.body));
    return detailOf(ports, caller, await findOrganization(meta, caller, String(caller.organizationId)));
  });

  scope.get<OrganizationPath>("/organizations/:organization/environments/", async (request) => {
    const caller = requireScope(request, "project:read");
    const { id } = await findOrganization(meta, caller, request.params.organization);
    const rows = await meta
      .selectFrom("environment")
      .innerJoin("project", "project.id", "environment.project_id")
      .select("environment.name")
      .distinct()
      .where("project.organization_id", "=", id)
      .orderBy("environment.name")
      .execute();
    return rows.map(({ name }) => ({ id: name, name }));
  });

  scope.get<ProjectPath>("/projects/:organization/:project/environments/", async (request) => {
    const caller = requireScope(request, "project:read");
    const project = await findProject(meta, caller, request.params);
    const rows = await meta
      .selectFrom("environment")
      .select("name")
      .where("project_id", "=", project.id)
      .orderBy("name")
      .execute();
    return rows.map(({ name }) => ({ id: name, name, isHidden: false }));
  });

  registerAudit(scope, ports);
}

function registerAudit(scope: FastifyInstance, { meta, publicUrl }: ApiPorts): void {
  scope.get<OrganizationPath>("/organizations/:organization/audit/", async (request, reply) => {
    const caller = requireScope(request, "org:write");
    const { id } = await findOrganization(meta, caller, request.params.organization);
    const rows = await sendPage({ request, reply, publicUrl }, ({ offset, limit }) =>
      meta
        .selectFrom("audit")
        .selectAll()
        .where("organization_id", "=", id)
        .orderBy("at", "desc")
        .orderBy("id", "desc")
        .limit(limit)
        .offset(offset)
        .execute(),
    );
    const people = await readPeople(
      meta,
      rows.map((row) => row.user_id),
    );
    return rows.map((row) => ({
      id: String(row.id),
      dateCreated: isoTime(row.at),
      user: people.get(row.user_id ?? "") ?? null,
      action: row.action,
      target: row.target,
      data: JSON.parse(row.data) as unknown,
    }));
  });
}

async function detailOf({ meta, publicUrl }: ApiPorts, caller: Caller, row: OrganizationRow) {
  const people = await readPeople(meta, [row.alerts_stopped_by]);
  const stoppedBy = people.get(row.alerts_stopped_by ?? "") ?? null;
  return organizationDetailJson(row, { publicUrl, caller, stoppedBy });
}
