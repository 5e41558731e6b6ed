import type { FastifyReply, FastifyRequest } from "fastify";
import { hashList } from "../../../actions/issues/hash-sql.js";
import { splitIssue } from "../../../actions/issues/split-issue.js";
import { AppError } from "../../../shared/app-error.js";
import type { Meta } from "../../../store/port.js";
import type { ApiPorts } from "../../http/ports.js";
import { isoTime } from "../json-time.js";
import { issueScope } from "../issue-scope.js";
import { allOf, queryOf } from "../request-params.js";
import { actionContext } from "../update/apply-change.js";

interface LatestRow {
  readonly hash: string;
  readonly id: string;
  readonly title: string;
  readonly at: number;
  readonly count: number;
}

/** `GET …/issues/{i}/hashes/`: the groups in the issue, the one seen last first. */
export function listHashes(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const { issue } = await issueScope(ports, request, "event:read");
    const hashes = await readGroups(ports.meta, issue.id);
    const latest = await ports.events.query<LatestRow>(
      `SELECT primary_hash AS hash, argMax(event_id, timestamp) AS id, argMax(title, timestamp) AS title,
         toUnixTimestamp64Milli(max(timestamp)) AS at, toUInt32(count()) AS count
       FROM events WHERE project_id = {project:UInt64} AND primary_hash IN ${hashList(hashes.map(({ hash }) => hash))}
       GROUP BY hash`,
      { project: issue.project_id },
    );
    const byHash = new Map(latest.map((row) => [row.hash, row]));
    return hashes
      .map((group) => groupJson(group, byHash.get(group.hash)))
      .toSorted((a, b) => ((a.latestEvent?.dateCreated ?? "") < (b.latestEvent?.dateCreated ?? "") ? 1 : -1));
  };
}

/** `PUT …/issues/{i}/hashes/?id=…`: moves the groups into a new issue and answers its id. */
export function splitHashes(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const { issue, caller } = await issueScope(ports, request, "event:write");
    const hashes = [...new Set(allOf(queryOf(request), "id"))];
    if (hashes.length === 0) throw new AppError("invalid", "Name the groups to split off: ?id=<hash>.");
    const id = await splitIssue(actionContext(ports, caller), issue.id, hashes);
    return reply.code(202).send({ id: String(id) });
  };
}

/** A grouping hash and why events have it. */
export interface Group {
  readonly hash: string;
  readonly algorithm: string;
  readonly explanation: string;
  readonly components: readonly { readonly label: string; readonly value: string }[];
}

/** The grouping hashes of an issue with their explanations, oldest first. */
export async function readGroups(meta: Meta, issueId: number): Promise<readonly Group[]> {
  const rows = await meta
    .selectFrom("issue_hash")
    .select(["hash", "algorithm", "explanation"])
    .where("issue_id", "=", issueId)
    .orderBy("created_at")
    .orderBy("hash")
    .execute();
  return rows.map(({ hash, algorithm, explanation }) => {
    const parsed = JSON.parse(explanation) as { summary?: string; components?: Group["components"] };
    return { hash, algorithm, explanation: parsed.summary ?? "", components: parsed.components ?? [] };
  });
}

function groupJson(group: Group, latest: LatestRow | undefined) {
  return {
    id: group.hash,
    algorithm: group.algorithm,
    explanation: group.explanation,
    components: group.components,
    count: latest?.count ?? 0,
    latestEvent: latest
      ? { id: latest.id, eventID: latest.id, title: latest.title, dateCreated: isoTime(latest.at) }
      : null,
  };
}
