import type { RuleDefinition } from "../../domain/rule.js";
import type { EventStore, Meta } from "../../store/port.js";
import { readReleases } from "../facts/latest-release.js";
import type { SeenRelease } from "../facts/latest-release.js";
import { readProjects } from "../facts/scene.js";
import type { EmailOf, ProjectScene } from "../facts/scene.js";
import { compileDefinition } from "../rule/compile-rule.js";
import type { CompiledRule } from "../rule/compile-rule.js";
import { readPastChanges } from "./past-changes.js";
import type { PastChange } from "./past-changes.js";
import { PastIssues } from "./past-issues.js";
import { Replay } from "./replay.js";
import type { BacktestSample } from "./replay.js";
import { storedEvents } from "./stored-events.js";

export interface BacktestPorts {
  readonly meta: Meta;
  readonly events: EventStore;
  readonly emailOf?: EmailOf;
}

/** A rule to be tried out; it need not be saved. */
export interface BacktestRule {
  readonly organizationId: number;
  readonly definition: RuleDefinition;
}

/** A stretch of time in milliseconds since 1970, the end exclusive. */
export interface BacktestRange {
  readonly from: number;
  readonly to: number;
}

export interface BacktestResult {
  /** How often the rule would have sent a message. */
  readonly fired: number;
  /** How often its interval would have held one back. */
  readonly throttled: number;
  /** The first 50 firings. */
  readonly samples: readonly BacktestSample[];
  readonly eventsRead: number;
  /** Milliseconds since 1970 up to which events were read: before `to` when there were more than 200,000. */
  readonly coveredTo: number;
}

const maxEvents = 200_000;

/**
 * Says how often a rule would have fired on what is stored, with the same evaluation as the live one. Triggers that
 * look at events (`first_seen`, `every_event`, frequencies) see every stored event; changes of state come from the
 * issues' activity. Priority, assignee and category are those of today, and the issues count as open.
 *
 * @throws Error naming what is wrong with the definition; EventStoreError
 */
export async function backtest(
  ports: BacktestPorts,
  { organizationId, definition }: BacktestRule,
  range: BacktestRange,
): Promise<BacktestResult> {
  const rule = ruleToTry(organizationId, definition);
  const projects = await projectsOf(ports.meta, rule);
  const replay = new Replay(rule, projects, await releasesOf(ports, rule, projects));
  const issues = new PastIssues(ports, projects);
  const projectIds = [...projects.keys()];
  if (projectIds.length === 0) return resultOf(replay, 0, range.to);

  const changes = [...(await readPastChanges(ports.meta, projectIds, range))];
  const changesUpTo = async (at: number) => {
    while ((changes[0]?.at ?? Infinity) <= at) await replayChange(changes.shift(), { replay, issues });
  };
  let eventsRead = 0;
  let coveredTo = range.to;
  const wanted = {
    projectIds,
    from: range.from - lookBackMs(rule),
    to: range.to,
    withPayload: asksForStack(rule),
  };
  for await (const rows of storedEvents(ports.events, wanted)) {
    await issues.learn(rows);
    for (const row of rows) {
      const issue = issues.ofEvent(row);
      if (!issue) continue;
      await changesUpTo(row.at - 1);
      replay.event(row, issue, row.at >= range.from);
    }
    eventsRead += rows.length;
    if (eventsRead < maxEvents) continue;
    coveredTo = rows.at(-1)?.at ?? range.to;
    break;
  }
  await changesUpTo(coveredTo);
  return resultOf(replay, eventsRead, coveredTo);
}

async function replayChange(
  change: PastChange | undefined,
  { replay, issues }: { replay: Replay; issues: PastIssues },
): Promise<void> {
  const issue = change && (await issues.byId(change.issueId, change.projectId));
  if (issue) replay.change(change.kind, issue, change.at);
}

function resultOf(
  { fired, throttled, samples }: Replay,
  eventsRead: number,
  coveredTo: number,
): BacktestResult {
  return { fired, throttled, samples, eventsRead, coveredTo };
}

function ruleToTry(organizationId: number, definition: RuleDefinition): CompiledRule {
  const result = compileDefinition(definition);
  if (!result.ok) throw new Error(`The rule cannot be tried out: ${result.problems.join("; ")}`);
  return { ...result.rule, id: 0, organizationId, name: "back-test", enabled: true, mutedUntil: null };
}

async function projectsOf(meta: Meta, rule: CompiledRule): Promise<ReadonlyMap<number, ProjectScene>> {
  const rows = await meta
    .selectFrom("project")
    .select(["id", "slug"])
    .where("organization_id", "=", rule.organizationId)
    .execute();
  const wanted = rows.filter(({ slug }) => rule.projects?.has(slug) ?? true);
  return readProjects(
    meta,
    wanted.map(({ id }) => id),
  );
}

async function releasesOf(
  ports: BacktestPorts,
  rule: CompiledRule,
  projects: ReadonlyMap<number, ProjectScene>,
): Promise<ReadonlyMap<number, readonly SeenRelease[]>> {
  const releases = new Map<number, readonly SeenRelease[]>();
  if (!rule.asksLatestRelease) return releases;
  for (const id of projects.keys()) releases.set(id, await readReleases(ports, id, rule.environments));
  return releases;
}

/** How far back the first moment's windows reach. */
function lookBackMs({ triggers }: CompiledRule): number {
  const reach = triggers.map((trigger) => {
    if (trigger.type === "change") return 0;
    return trigger.type === "percent" ? trigger.perMs + trigger.againstMs : trigger.perMs;
  });
  return Math.max(0, ...reach);
}

/** Attributes that have no column of their own and are read from the payload. */
function asksForStack({ definition }: CompiledRule): boolean {
  const filters = [...(definition.if ?? []), ...(definition.any ?? []), ...(definition.none ?? [])];
  return filters.some(
    (filter) =>
      "attribute" in filter && /^(stacktrace|exception|http\.status_code|os\.)/.test(filter.attribute.key),
  );
}
