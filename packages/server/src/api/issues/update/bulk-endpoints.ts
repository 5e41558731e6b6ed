import type { FastifyReply, FastifyRequest } from "fastify";
import { deleteIssues } from "../../../actions/issues/delete-issues.js";
import type { IssueRow } from "../../../actions/issues/issue-row.js";
import { mergeIssues } from "../../../actions/issues/merge-issues.js";
import { AppError } from "../../../shared/app-error.js";
import type { Scope } from "../../../domain/scope.js";
import type { ApiPorts } from "../../http/ports.js";
import { findProjects } from "../../http/scope-lookup.js";
import type { ProjectRow } from "../../http/scope-lookup.js";
import { assigneeJson } from "../issue-json.js";
import { issueScope, organizationScope, projectScope } from "../issue-scope.js";
import type { OrganizationScope } from "../issue-scope.js";
import { readSearch } from "../list/list-endpoint.js";
import { listIssues } from "../list/issue-list.js";
import { readPeople } from "../people.js";
import { allOf, firstOf, pathOf, queryOf } from "../request-params.js";
import type { Params } from "../request-params.js";
import { actionContext, applyChange } from "./apply-change.js";
import { issueChangeSchema } from "./issue-change.js";
import type { IssueChange } from "./issue-change.js";

const maxIds = 1_000;
/** Issues changed in one transaction when a query names them, so that batches are not held up. */
const issuesPerStep = 500;

interface BulkScope extends OrganizationScope {
  readonly projects: readonly ProjectRow[];
}

/** `PUT /organizations/{o}/issues/` and `PUT /projects/{o}/{p}/issues/` (web API sheet 7.3). */
export function updateIssues(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const scope = await bulkScope(ports, request, "event:write");
    const change = issueChangeSchema.parse(request.body ?? {});
    const params = queryOf(request);
    const ids = idsOf(params);
    if (ids === null) {
      const count = await updateMatching(ports, scope, { change, params });
      return count === 0 ? reply.code(204).send() : echo(ports, scope, { change, issues: [] });
    }
    const issues = await issuesOf(ports, scope, ids);
    if (issues.length === 0) return reply.code(204).send();
    if (change.merge) {
      const { parent, children } = await mergeIssues(
        actionContext(ports, scope.caller),
        issues.map(({ id }) => id),
      );
      return { merge: { parent: String(parent), children: children.map(String) } };
    }
    await applyChange(ports, change, { ...scope, issues });
    return echo(ports, scope, { change, issues: await issuesOf(ports, scope, ids) });
  };
}

/** `DELETE /organizations/{o}/issues/?id=…` and its project twin. */
export function removeIssues(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const scope = await bulkScope(ports, request, "event:admin");
    const ids = idsOf(queryOf(request));
    if (ids === null) throw new AppError("invalid", "Name the issues to delete: ?id=1&id=2.");
    const issues = await issuesOf(ports, scope, ids);
    // The answer does not wait for the events: that takes a rewrite of their parts.
    await deleteIssues(
      actionContext(ports, scope.caller),
      issues.map(({ id }) => id),
    );
    return reply.code(204).send();
  };
}

/** `DELETE …/issues/{i}/`. */
export function removeIssue(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const { issue, caller } = await issueScope(ports, request, "event:admin");
    await deleteIssues(actionContext(ports, caller), [issue.id]);
    return reply.code(202).send();
  };
}

async function bulkScope(ports: ApiPorts, request: FastifyRequest, scope: Scope): Promise<BulkScope> {
  if (pathOf(request, "project") !== "") {
    const { project, ...rest } = await projectScope(ports, request, scope);
    return { ...rest, projects: [project] };
  }
  const found = await organizationScope(ports, request, scope);
  const named = allOf(queryOf(request), "project");
  return { ...found, projects: await findProjects(ports.meta, found.organization.id, named) };
}

/** Null when the request names none. @throws AppError invalid */
function idsOf(params: Params): readonly number[] | null {
  const written = allOf(params, "id");
  if (written.length === 0) return null;
  if (written.length > maxIds)
    throw new AppError("invalid", `At most ${maxIds} issues can be named at once.`);
  const ids = written.map((text) => (/^\d{1,15}$/.test(text) ? Number(text) : null));
  const valid = ids.filter((id) => id !== null);
  if (valid.length < ids.length) throw new AppError("invalid", "id takes the numbers of issues.");
  return [...new Set(valid)];
}

/** Those of the issues that lie in the scope; others are skipped silently, as clients expect. */
async function issuesOf(
  { meta }: ApiPorts,
  { projects }: BulkScope,
  ids: readonly number[],
): Promise<readonly IssueRow[]> {
  if (projects.length === 0) return [];
  return meta
    .selectFrom("issue")
    .selectAll()
    .where("id", "in", ids)
    .where(
      "project_id",
      "in",
      projects.map(({ id }) => id),
    )
    .execute();
}

/**
 * Changes the status of every issue that `?query=` or the current `?status=` names; without either, of all. The
 * command line does this for `--all` (web API sheet 2.2), so it is legal.
 */
async function updateMatching(
  ports: ApiPorts,
  scope: BulkScope,
  { change, params }: { change: IssueChange; params: Params },
): Promise<number> {
  if (
    change.merge ||
    change.assignedTo !== undefined ||
    change.priority ||
    !(change.status || change.substatus)
  ) {
    throw new AppError("invalid", "Without ids only the status can be changed.");
  }
  const status = firstOf(params, "status");
  const query = [
    firstOf(params, "query") ?? "",
    status === undefined ? "" : `is:"${status.replaceAll('"', "")}"`,
  ];
  const search = await readSearch(ports, scope, query.join(" "));
  const environments = allOf(params, "environment");
  const all = { ...search, environments, range: null, sort: "date", limit: 1_000_000, offset: 0 } as const;
  const { issues } = await listIssues(ports, all);
  for (let start = 0; start < issues.length; start += issuesPerStep) {
    await applyChange(ports, change, { ...scope, issues: issues.slice(start, start + issuesPerStep) });
  }
  return issues.length;
}

/** The fields that were changed, as they stand now. */
async function echo(
  ports: ApiPorts,
  { organization }: BulkScope,
  { change, issues }: { change: IssueChange; issues: readonly IssueRow[] },
) {
  const [first] = issues;
  const { merge: _merge, assignedTo, ...rest } = change;
  if (assignedTo === undefined) return rest;
  const userId = /^user:(.+)$/.exec(first?.assignee ?? "")?.[1] ?? null;
  const people = await readPeople(ports.meta, [userId]);
  return {
    ...rest,
    assignedTo: assigneeJson(first?.assignee ?? null, { people, organizationSlug: organization.slug }),
  };
}
