import type { FastifyReply, FastifyRequest } from "fastify";
import type { ApiPorts } from "../../http/ports.js";
import { readCursor, readLimit, sendLinks } from "../../http/pagination.js";
import { hashesOf } from "../event/event-endpoints.js";
import { statementOf } from "../event/issue-events.js";
import { issueScope, notFound } from "../issue-scope.js";
import { allOf, firstOf, pathOf, queryOf } from "../request-params.js";
import type { EventSql } from "../search/event-conditions.js";
import { readTag, readTags, tagJson, valueJson } from "./tag-values.js";

const topValues = 10;
const maxValuesPerPage = 1_000;

/** `GET …/issues/{i}/tags/`. */
export function listIssueTags(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const tags = await readTags(ports.events, await issueStatement(ports, request), topValues);
    return tags.map(tagJson);
  };
}

/** `GET …/issues/{i}/tags/{key}/`. */
export function readIssueTag(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const statement = await issueStatement(ports, request);
    const tag = await readTag(ports.events, statement, {
      key: pathOf(request, "key"),
      limit: topValues,
      offset: 0,
    });
    if (tag.total === 0) throw notFound();
    return tagJson(tag);
  };
}

/** `GET …/issues/{i}/tags/{key}/values/`. */
export function listIssueTagValues(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const params = queryOf(request);
    const { offset } = readCursor(firstOf(params, "cursor"));
    const limit = readLimit(firstOf(params, "limit") ?? firstOf(params, "per_page"), {
      max: maxValuesPerPage,
    });
    const key = pathOf(request, "key");
    const tag = await readTag(ports.events, await issueStatement(ports, request), { key, limit, offset });
    sendLinks(request, reply, {
      publicUrl: ports.publicUrl,
      offset,
      limit,
      hasMore: offset + tag.values.length < tag.uniques,
    });
    return tag.values.map((value) => valueJson(key, value));
  };
}

async function issueStatement(ports: ApiPorts, request: FastifyRequest): Promise<EventSql> {
  const { issue } = await issueScope(ports, request, "event:read");
  return statementOf({
    projectId: issue.project_id,
    hashes: await hashesOf(ports, issue.id),
    environments: allOf(queryOf(request), "environment").filter((name) => name !== ""),
  });
}
