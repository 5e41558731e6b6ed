import type { FastifyReply, FastifyRequest } from "fastify";
import { readTimeRange } from "../../http/time-range.js";
import type { ApiPorts } from "../../http/ports.js";
import { readCursor, readLimit, sendLinks } from "../../http/pagination.js";
import { isoTime } from "../json-time.js";
import { issueScope, projectScope } from "../issue-scope.js";
import { allOf, firstOf, queryOf } from "../request-params.js";
import { EventSql } from "../search/event-conditions.js";
import { parseQuery } from "../search/parse-query.js";
import { addEventQuery } from "../search/plan-search.js";
import { hashesOf } from "./event-endpoints.js";
import { tagsJson } from "./event-json.js";
import { statementOf } from "./issue-events.js";

interface ListRow {
  readonly eventId: string;
  readonly projectId: number;
  readonly hash: string;
  readonly at: number;
  readonly type: string;
  readonly title: string;
  readonly culprit: string;
  readonly message: string;
  readonly platform: string;
  readonly file: string;
  readonly userId: string;
  readonly email: string;
  readonly username: string;
  readonly address: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** `GET …/issues/{i}/events/`: the newest first; `query` takes event keys, tags and free text. */
export function listIssueEvents(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const { issue } = await issueScope(ports, request, "event:read");
    const statement = statementOf({
      projectId: issue.project_id,
      hashes: await hashesOf(ports, issue.id),
      environments: environmentsOf(request),
    });
    return answer(ports, { statement, issueId: issue.id }, { request, reply });
  };
}

/** `GET /projects/{o}/{p}/events/`: the newest events of a project. */
export function listProjectEvents(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const { project } = await projectScope(ports, request, "event:read");
    const statement = new EventSql();
    statement.add(`project_id = ${statement.value(project.id, "UInt64")}`);
    const environments = environmentsOf(request);
    if (environments.length > 0) {
      statement.add(`environment IN ${statement.value(environments, "Array(String)")}`);
    }
    return answer(ports, { statement, issueId: null }, { request, reply });
  };
}

function environmentsOf(request: FastifyRequest): readonly string[] {
  return allOf(queryOf(request), "environment").filter((name) => name !== "");
}

async function answer(
  ports: ApiPorts,
  { statement, issueId }: { statement: EventSql; issueId: number | null },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) {
  const params = queryOf(request);
  const limit = readLimit(firstOf(params, "limit") ?? firstOf(params, "per_page"));
  const { offset } = readCursor(firstOf(params, "cursor"));
  addEventQuery(statement, parseQuery(firstOf(params, "query") ?? ""), ports.now());
  addRange(statement, request, ports.now());
  const rows = await ports.events.query<ListRow>(
    listSql(statement, { limit: limit + 1, offset }),
    statement.params,
  );
  sendLinks(request, reply, { publicUrl: ports.publicUrl, offset, limit, hasMore: rows.length > limit });
  const shown = rows.slice(0, limit);
  const issues = issueId === null ? await issuesOf(ports, shown) : null;
  return shown.map((row) => rowJson(row, issueId ?? issues?.get(row.hash) ?? null));
}

function addRange(statement: EventSql, request: FastifyRequest, now: number): void {
  const params = queryOf(request);
  if (!firstOf(params, "statsPeriod") && !(firstOf(params, "start") && firstOf(params, "end"))) return;
  const range = readTimeRange(params, { now, fallback: "90d" });
  const instant = (ms: number) => `fromUnixTimestamp64Milli(${statement.value(Math.round(ms), "Int64")})`;
  statement.add(`timestamp >= ${instant(range.from)} AND timestamp < ${instant(range.to)}`);
}

/** The ids of the page are found first: sorting a million rows must not carry their texts along. */
function listSql(statement: EventSql, { limit, offset }: { limit: number; offset: number }): string {
  const where = statement.where();
  const order = "timestamp DESC, event_id DESC";
  return `SELECT event_id AS eventId, toUInt32(project_id) AS projectId, primary_hash AS hash,
      toUnixTimestamp64Milli(timestamp) AS at, type, title, culprit, message, platform, top_frame_filename AS file,
      user_id AS userId, user_email AS email, user_username AS username, user_ip AS address, tags
    FROM events WHERE (project_id, primary_hash, timestamp, event_id) IN (
      SELECT project_id, primary_hash, timestamp, event_id FROM events WHERE ${where}
      ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}
    ) ORDER BY ${order}`;
}

async function issuesOf({ meta }: ApiPorts, rows: readonly ListRow[]): Promise<ReadonlyMap<string, number>> {
  const [first] = rows;
  if (!first) return new Map();
  const found = await meta
    .selectFrom("issue_hash")
    .select(["hash", "issue_id"])
    .where("project_id", "=", first.projectId)
    .where("hash", "in", [...new Set(rows.map(({ hash }) => hash))])
    .execute();
  return new Map(found.map(({ hash, issue_id }) => [hash, issue_id]));
}

function rowJson(row: ListRow, issueId: number | null) {
  const user = { id: row.userId, email: row.email, username: row.username, ip_address: row.address };
  const isKnown = Object.values(user).some((value) => value !== "");
  const nulled = Object.fromEntries(
    Object.entries(user).map(([key, value]) => [key, value === "" ? null : value]),
  );
  return {
    id: row.eventId,
    eventID: row.eventId,
    groupID: issueId === null ? null : String(issueId),
    projectID: String(row.projectId),
    "event.type": row.type,
    title: row.title,
    message: row.message,
    culprit: row.culprit === "" ? null : row.culprit,
    location: row.file === "" ? null : row.file,
    platform: row.platform,
    dateCreated: isoTime(row.at),
    user: isKnown ? { ...nulled, name: null } : null,
    tags: tagsJson(row.tags),
    crashFile: null,
    metadata: { title: row.title },
  };
}
