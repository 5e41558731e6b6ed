import type { FastifyRequest } from "fastify";
import type { ApiPorts } from "../../http/ports.js";
import { statementOf } from "../event/issue-events.js";
import { issueJson, peopleOf } from "../issue-json.js";
import { issueScope } from "../issue-scope.js";
import type { IssueScope } from "../issue-scope.js";
import { isoTime } from "../json-time.js";
import { readFigures, seriesOf } from "../list/issue-figures.js";
import { pointsOf, seriesWindow } from "../list/period.js";
import { readPeople } from "../people.js";
import { allOf, queryOf } from "../request-params.js";
import { applyChange } from "../update/apply-change.js";
import { issueChangeSchema } from "../update/issue-change.js";
import { readActivity } from "./activity.js";
import { readGroups } from "./hash-endpoints.js";
import { nameOf, readTagKeys } from "./tag-values.js";

const dayMs = 24 * 3_600_000;
const maxAlerts = 50;
const maxReleases = 200;

/** `GET …/issues/{i}/`. */
export function readIssue(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    return detailOf(ports, await issueScope(ports, request, "event:read"), collapsed(request));
  };
}

/** `PUT …/issues/{i}/`: changes the issue and answers it in full. */
export function updateIssue(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const scope = await issueScope(ports, request, "event:write");
    const change = issueChangeSchema.parse(request.body ?? {});
    await applyChange(ports, change, { ...scope, issues: [scope.issue] });
    return detailOf(ports, await issueScope(ports, request, "event:write"), collapsed(request));
  };
}

/** Parts the client does without: `collapse=tags`. */
function collapsed(request: FastifyRequest): ReadonlySet<string> {
  return new Set(allOf(queryOf(request), "collapse"));
}

async function detailOf(ports: ApiPorts, scope: IssueScope, collapse: ReadonlySet<string>) {
  const { issue, project, organization } = scope;
  const groups = await readGroups(ports.meta, issue.id);
  const [figures, people, places, activity, alerts, tags] = await Promise.all([
    readBothSeries(ports, issue.id),
    readPeople(ports.meta, peopleOf(issue)),
    readPlaces(ports, issue.id),
    readActivity(ports.meta, issue.id),
    readAlerts(ports, issue.id),
    collapse.has("tags") ? [] : readKeys(ports, issue.project_id, groups),
  ]);
  const around = {
    project,
    people,
    organizationId: organization.id,
    organizationSlug: organization.slug,
    publicUrl: ports.publicUrl,
  };
  const json = issueJson(issue, around, {
    events: issue.times_seen,
    users: figures.users,
    stats: figures.stats,
  });
  return {
    ...json,
    lifetime: { ...json.lifetime, userCount: figures.users },
    firstRelease: releaseJson(issue.first_release),
    lastRelease: releaseJson(issue.last_release),
    tags,
    activity,
    ...places,
    grouping: {
      algorithm: groups[0]?.algorithm ?? "",
      hashes: groups.map(({ hash, explanation, components }) => ({ hash, explanation, components })),
    },
    alerts,
    seenBy: [],
    participants: [],
    userReportCount: 0,
    pluginActions: [],
    pluginIssues: [],
    pluginContexts: [],
  };
}

function releaseJson(version: string | null) {
  return version === null ? null : { version, shortVersion: version.slice(version.lastIndexOf("@") + 1) };
}

/** Users over everything kept, and the series of a day by hours and of a month by days, from one read by hours. */
async function readBothSeries(ports: ApiPorts, issueId: number) {
  const to = ports.now();
  const day = seriesWindow("24h", { from: to - dayMs, to });
  const month = seriesWindow("30d", { from: to - 30 * dayMs, to });
  const hours = { ...month, bucketMs: day.bucketMs };
  const figures = await readFigures(ports, {
    issueIds: [issueId],
    environments: [],
    series: hours,
    range: null,
  });
  const own = figures.get(issueId);
  const days = new Map<number, number>();
  for (const [at, count] of own?.buckets ?? []) {
    const start = Math.floor(at / month.bucketMs) * month.bucketMs;
    days.set(start, (days.get(start) ?? 0) + count);
  }
  return {
    users: own?.users ?? 0,
    stats: { "24h": seriesOf(day, own), "30d": pointsOf(month, days) },
  };
}

async function readPlaces({ meta }: ApiPorts, issueId: number) {
  const environments = await meta
    .selectFrom("issue_environment")
    .selectAll()
    .where("issue_id", "=", issueId)
    .orderBy("last_seen", "desc")
    .execute();
  const releases = await meta
    .selectFrom("issue_release")
    .selectAll()
    .where("issue_id", "=", issueId)
    .orderBy("last_seen", "desc")
    .limit(maxReleases)
    .execute();
  return {
    environments: environments.map((row) => ({ name: row.environment, ...timesJson(row) })),
    releases: releases.map((row) => ({
      version: row.release,
      environment: row.environment,
      ...timesJson(row),
    })),
  };
}

function timesJson(row: { first_seen: number; last_seen: number; times_seen: number }) {
  return { firstSeen: isoTime(row.first_seen), lastSeen: isoTime(row.last_seen), count: row.times_seen };
}

/** What rules did about the issue, newest first. */
async function readAlerts({ meta }: ApiPorts, issueId: number) {
  const rows = await meta
    .selectFrom("rule_history")
    .innerJoin("rule", "rule.id", "rule_history.rule_id")
    .select([
      "rule_history.rule_id",
      "rule.name",
      "rule_history.outcome",
      "rule_history.reason",
      "rule_history.at",
    ])
    .where("rule_history.issue_id", "=", issueId)
    .orderBy("rule_history.at", "desc")
    .limit(maxAlerts)
    .execute();
  return rows.map((row) => ({
    ruleId: String(row.rule_id),
    ruleName: row.name,
    outcome: row.outcome,
    reason: row.reason,
    dateCreated: isoTime(row.at),
  }));
}

async function readKeys(ports: ApiPorts, projectId: number, groups: readonly { readonly hash: string }[]) {
  const hashes = groups.map(({ hash }) => hash);
  const keys = await readTagKeys(ports.events, statementOf({ projectId, hashes, environments: [] }));
  return keys.map(({ key, total }) => ({ key, name: nameOf(key), totalValues: total }));
}
