import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../../shared/app-error.js";
import type { ApiPorts } from "../../http/ports.js";
import { findProjects } from "../../http/scope-lookup.js";
import { issueJson, peopleOf } from "../issue-json.js";
import { findIssue, issueScope, notFound, organizationScope, projectScope } from "../issue-scope.js";
import type { OrganizationScope } from "../issue-scope.js";
import { readPeople } from "../people.js";
import { allOf, pathOf, queryOf } from "../request-params.js";
import { attachmentsOf } from "./attachments.js";
import { eventJson } from "./event-json.js";
import { readNamedEvent, readNeighbours } from "./issue-events.js";
import type { IssueEvents, NamedEvent } from "./issue-events.js";
import { findEvent } from "./stored-event.js";
import type { StoredEvent } from "./stored-event.js";

const namedEvents = new Set<string>(["latest", "oldest", "recommended"]);

/** `GET …/issues/{i}/events/{latest|oldest|recommended|id}/`. */
export function readIssueEvent(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const { issue, organization } = await issueScope(ports, request, "event:read");
    const asked = pathOf(request, "event");
    const ofIssue: IssueEvents = {
      projectId: issue.project_id,
      hashes: await hashesOf(ports, issue.id),
      environments: allOf(queryOf(request), "environment").filter((name) => name !== ""),
    };
    const stored = namedEvents.has(asked)
      ? await readNamedEvent(ports.events, ofIssue, { name: asked as NamedEvent, lastSeen: issue.last_seen })
      : await findEvent(ports.events, [issue.project_id], eventIdOf(asked));
    if (!stored || !ofIssue.hashes.includes(stored.hash)) throw notFound();
    return fullEvent(ports, stored, { organizationId: organization.id, issueId: issue.id, ofIssue });
  };
}

/** `GET /projects/{o}/{p}/events/{id}/`. */
export function readProjectEvent(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const { project, organization } = await projectScope(ports, request, "event:read");
    const stored = await findEvent(ports.events, [project.id], eventIdOf(pathOf(request, "event")));
    if (!stored) throw notFound();
    return withIssue(ports, stored, organization.id);
  };
}

/** `GET /projects/{o}/{p}/events/{id}/json/`: the payload as it is stored. */
export function readEventPayload(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const { project } = await projectScope(ports, request, "event:read");
    const stored = await findEvent(ports.events, [project.id], eventIdOf(pathOf(request, "event")));
    if (!stored) throw notFound();
    void reply.header("X-Content-Type-Options", "nosniff");
    return stored.payload;
  };
}

/** `GET /organizations/{o}/eventids/{id}/`: finds an event whatever its project. */
export function resolveEventId(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const { organization } = await organizationScope(ports, request, "event:read");
    const projects = await findProjects(ports.meta, organization.id, []);
    const projectIds = projects.map(({ id }) => id);
    const stored = await findEvent(ports.events, projectIds, eventIdOf(pathOf(request, "event")));
    if (!stored) throw notFound();
    const event = await withIssue(ports, stored, organization.id);
    return {
      organizationSlug: organization.slug,
      projectSlug: projects.find(({ id }) => id === stored.projectId)?.slug ?? null,
      groupId: event.groupID,
      eventId: stored.eventId,
      event,
    };
  };
}

/** `GET /organizations/{o}/shortids/{id}/`. */
export function resolveShortId(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const scope = await organizationScope(ports, request, "event:read");
    const named = pathOf(request, "issue");
    if (/^\d+$/.test(named)) throw notFound();
    const { issue, project } = await findIssue(ports, scope.organization, named);
    const people = await readPeople(ports.meta, peopleOf(issue));
    const group = issueJson(issue, aroundOf(ports, scope, { project, people }), {
      events: issue.times_seen,
      users: 0,
      stats: null,
    });
    return {
      organizationSlug: scope.organization.slug,
      projectSlug: project.slug,
      groupId: group.id,
      group,
      shortId: group.shortId,
    };
  };
}

function aroundOf<T extends object>(ports: ApiPorts, { organization }: OrganizationScope, rest: T) {
  return {
    ...rest,
    organizationId: organization.id,
    organizationSlug: organization.slug,
    publicUrl: ports.publicUrl,
  };
}

/** An id as SDKs write it, hyphens and capitals allowed. @throws AppError not_found */
function eventIdOf(text: string): string {
  const id = text.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(id)) throw new AppError("not_found", "Event not found");
  return id;
}

/** Every grouping hash of the issue. */
export async function hashesOf(
  { meta }: Pick<ApiPorts, "meta">,
  issueId: number,
): Promise<readonly string[]> {
  const rows = await meta.selectFrom("issue_hash").select("hash").where("issue_id", "=", issueId).execute();
  return rows.map(({ hash }) => hash);
}

async function withIssue(ports: ApiPorts, stored: StoredEvent, organizationId: number) {
  const owner = await ports.meta
    .selectFrom("issue_hash")
    .select("issue_id")
    .where("project_id", "=", stored.projectId)
    .where("hash", "=", stored.hash)
    .executeTakeFirst();
  const issueId = owner?.issue_id ?? null;
  const hashes = issueId === null ? [stored.hash] : await hashesOf(ports, issueId);
  const ofIssue = { projectId: stored.projectId, hashes, environments: [] };
  return fullEvent(ports, stored, { organizationId, issueId, ofIssue });
}

async function fullEvent(
  ports: ApiPorts,
  stored: StoredEvent,
  around: { organizationId: number; issueId: number | null; ofIssue: IssueEvents },
) {
  const [neighbours, attachments, releaseSince, grouping] = await Promise.all([
    readNeighbours(ports.events, around.ofIssue, stored),
    attachmentsOf(ports, stored),
    releaseSinceOf(ports, stored, around.organizationId),
    groupingOf(ports, stored),
  ]);
  return eventJson(stored, { issueId: around.issueId, ...neighbours, attachments, releaseSince, grouping });
}

async function releaseSinceOf(
  { meta }: ApiPorts,
  { payload }: StoredEvent,
  organizationId: number,
): Promise<number | null> {
  if (payload.release === undefined) return null;
  const row = await meta
    .selectFrom("release")
    .select(["created_at", "first_event_at"])
    .where("organization_id", "=", organizationId)
    .where("version", "=", payload.release)
    .executeTakeFirst();
  return row ? (row.first_event_at ?? row.created_at) : null;
}

async function groupingOf({ meta }: ApiPorts, stored: StoredEvent) {
  const row = await meta
    .selectFrom("issue_hash")
    .select(["algorithm", "explanation"])
    .where("project_id", "=", stored.projectId)
    .where("hash", "=", stored.hash)
    .executeTakeFirst();
  if (!row) return null;
  const { summary } = JSON.parse(row.explanation) as { summary?: string };
  return { algorithm: row.algorithm, summary: summary ?? "" };
}
