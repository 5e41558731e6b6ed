import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { requireScope } from "../http/caller.js";
import { isoTime } from "../http/iso-time.js";
import type { ApiPorts } from "../http/ports.js";
import { allValues, firstValue } from "../http/query-values.js";
import type { Query } from "../http/query-values.js";
import { findOrganization, findProject, findProjects } from "../http/scope-lookup.js";
import { sendPage } from "../http/send-page.js";
import { readTimeRange } from "../http/time-range.js";
import { readTagKeys } from "./read-tag-keys.js";
import { readTagValues } from "./read-tag-values.js";

interface OrganizationTags {
  Params: { organization: string };
  Querystring: Query;
}
interface OrganizationTag {
  Params: { organization: string; key: string };
  Querystring: Query;
}
interface ProjectTags {
  Params: { organization: string; project: string };
  Querystring: Query;
}
interface ProjectTag {
  Params: { organization: string; project: string; key: string };
  Querystring: Query;
}

const defaultPeriod = "14d";

/** Tags and their values, for the completion of searches (web API sheet 8.5). */
export function registerTags(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;

  scope.get<OrganizationTags>("/organizations/:organization/tags/", async (request) => {
    const caller = requireScope(request, "event:read");
    const { id } = await findOrganization(meta, caller, request.params.organization);
    const projects = await findProjects(meta, id, allValues(request.query, "project"));
    return listKeys(
      ports,
      request.query,
      projects.map((project) => project.id),
    );
  });

  scope.get<ProjectTags>("/projects/:organization/:project/tags/", async (request) => {
    const caller = requireScope(request, "event:read");
    const project = await findProject(meta, caller, request.params);
    return listKeys(ports, request.query, [project.id]);
  });

  scope.get<OrganizationTag>("/organizations/:organization/tags/:key/values/", async (request, reply) => {
    const caller = requireScope(request, "event:read");
    const { id } = await findOrganization(meta, caller, request.params.organization);
    const projects = await findProjects(meta, id, allValues(request.query, "project"));
    const projectIds = projects.map((project) => project.id);
    return sendValues(ports, { request, reply }, { projectIds, key: request.params.key });
  });

  scope.get<ProjectTag>("/projects/:organization/:project/tags/:key/values/", async (request, reply) => {
    const caller = requireScope(request, "event:read");
    const project = await findProject(meta, caller, request.params);
    return sendValues(ports, { request, reply }, { projectIds: [project.id], key: request.params.key });
  });
}

async function listKeys({ events, now }: ApiPorts, query: Query, projectIds: readonly number[]) {
  const range = readTimeRange(query, { now: now(), fallback: defaultPeriod });
  const keys = await readTagKeys(events, { projectIds, range });
  return keys.map((tag) => ({ ...tag, name: tag.key }));
}

async function sendValues(
  { events, now, publicUrl }: ApiPorts,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  where: { projectIds: readonly number[]; key: string },
) {
  const query = request.query as Query;
  const range = readTimeRange(query, { now: now(), fallback: defaultPeriod });
  const search = firstValue(query, "query") ?? "";
  const values = await sendPage({ request, reply, publicUrl }, (bounds) =>
    readTagValues(events, { ...where, ...bounds, range, search }),
  );
  return values.map(({ value, count, firstSeen, lastSeen }) => ({
    key: where.key,
    name: value,
    value,
    count,
    firstSeen: isoTime(firstSeen),
    lastSeen: isoTime(lastSeen),
  }));
}
