import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../../shared/app-error.js";
import type { IssueRow } from "../../../actions/issues/issue-row.js";
import type { ApiPorts } from "../../http/ports.js";
import { readCursor, readLimit, sendLinks } from "../../http/pagination.js";
import { findProjects } from "../../http/scope-lookup.js";
import type { ProjectRow } from "../../http/scope-lookup.js";
import { issueJson, peopleOf } from "../issue-json.js";
import { findIssue, organizationScope, projectScope } from "../issue-scope.js";
import type { OrganizationScope } from "../issue-scope.js";
import { readPeople } from "../people.js";
import { allOf, firstOf, queryOf } from "../request-params.js";
import type { Params } from "../request-params.js";
import { parseShortId } from "../search/issue-conditions.js";
import { parseQuery } from "../search/parse-query.js";
import { planSearch } from "../search/plan-search.js";
import { readFigures, seriesOf } from "./issue-figures.js";
import { listIssues } from "./issue-list.js";
import type { IssueSort } from "./list-request.js";
import { readPeriod } from "./period.js";
import type { Period } from "./period.js";

const defaultQuery = "is:unresolved";

/** Orders of Sentry's which Vedette has no figures for fall back to the nearest it has. */
const sorts: Readonly<Record<string, IssueSort>> = {
  date: "date",
  new: "new",
  freq: "freq",
  user: "user",
  trends: "freq",
  recommended: "date",
  inbox: "date",
};

interface ListScope extends OrganizationScope {
  readonly projects: readonly ProjectRow[];
}

/** `GET /organizations/{o}/issues/` (web API sheet 7.1). */
export function listOrganizationIssues(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const scope = await organizationScope(ports, request, "event:read");
    const named = allOf(queryOf(request), "project");
    const projects = await findProjects(ports.meta, scope.organization.id, named);
    return answer(ports, { ...scope, projects }, { request, reply });
  };
}

/** `GET /projects/{o}/{p}/issues/`, which the command line uses. */
export function listProjectIssues(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const { project, ...scope } = await projectScope(ports, request, "event:read");
    return answer(ports, { ...scope, projects: [project] }, { request, reply });
  };
}

async function answer(
  ports: ApiPorts,
  scope: ListScope,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) {
  const params = queryOf(request);
  const environments = allOf(params, "environment").filter((name) => name !== "");
  const period = readPeriod(params, ports.now());
  const direct = await directHit(ports, scope, params);
  if (direct) {
    void reply.header("X-Sentry-Direct-Hit", "1");
    return issuesJson(ports, scope, { issues: [direct], environments, period: { ...period, range: null } });
  }
  const offset = readCursor(firstOf(params, "cursor")).offset;
  const limit = readLimit(firstOf(params, "limit") ?? firstOf(params, "per_page"));
  const { issues, hits } = await listIssues(ports, {
    ...(await readSearch(ports, scope, firstOf(params, "query") ?? defaultQuery)),
    environments,
    range: period.range,
    sort: sorts[firstOf(params, "sort") ?? ""] ?? "date",
    limit,
    offset,
  });
  void reply.header("X-Hits", hits).header("X-Max-Hits", hits);
  sendLinks(request, reply, { publicUrl: ports.publicUrl, offset, limit, hasMore: offset + limit < hits });
  return issuesJson(ports, scope, { issues, environments, period });
}

/** The projects and the plan of a query. @throws AppError invalid */
export async function readSearch(ports: ApiPorts, scope: ListScope, query: string) {
  const projectIds = scope.projects.map(({ id }) => id);
  const searchScope = {
    meta: ports.meta,
    organization: scope.organization,
    projectIds,
    userId: scope.caller.userId,
  };
  return { projectIds, plan: await planSearch(searchScope, parseQuery(query), ports.now()) };
}

/** A query that is nothing but a short id names its issue, whatever its status. */
async function directHit(ports: ApiPorts, scope: ListScope, params: Params): Promise<IssueRow | null> {
  const query = firstOf(params, "query")?.trim() ?? "";
  if (firstOf(params, "shortIdLookup") !== "1" || !parseShortId(query)) return null;
  try {
    const { issue } = await findIssue(ports, scope.organization, query);
    return scope.projects.some(({ id }) => id === issue.project_id) ? issue : null;
  } catch (error) {
    // No such issue: the words are searched for instead.
    if (error instanceof AppError && error.kind === "not_found") return null;
    throw error;
  }
}

async function issuesJson(
  ports: ApiPorts,
  { organization, projects }: ListScope,
  {
    issues,
    environments,
    period,
  }: { issues: readonly IssueRow[]; environments: readonly string[]; period: Period },
) {
  const { range, series } = period;
  const [figures, people] = await Promise.all([
    readFigures(ports, { issueIds: issues.map(({ id }) => id), range, environments, series }),
    readPeople(ports.meta, issues.flatMap(peopleOf)),
  ]);
  const projectOf = new Map(projects.map((project) => [project.id, project]));
  return issues.flatMap((issue) => {
    const project = projectOf.get(issue.project_id);
    if (!project) return [];
    const own = figures.get(issue.id);
    const around = {
      project,
      people,
      organizationSlug: organization.slug,
      organizationId: organization.id,
      publicUrl: ports.publicUrl,
    };
    return issueJson(issue, around, {
      // Over all time the issue's own count is exact; the event store forgets after its retention.
      events: range || environments.length > 0 ? (own?.events ?? 0) : issue.times_seen,
      users: own?.users ?? 0,
      stats: series ? { [series.name]: seriesOf(series, own) } : null,
    });
  });
}
