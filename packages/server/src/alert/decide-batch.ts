import type { EventStore, Meta } from "../store/port.js";
import type { Log } from "../shared/log.js";
import { evaluateRule } from "./evaluate/evaluate-rule.js";
import type { MatchVerdict, Verdict } from "./evaluate/evaluate-rule.js";
import type { Occurrence } from "./evaluate/occurrence.js";
import { CountAnswers } from "./facts/answer-counts.js";
import type { WantedCount } from "./facts/answer-counts.js";
import { completeFacts } from "./facts/complete-facts.js";
import { readIssueHashes } from "./facts/issue-hashes.js";
import type { ReleaseBook } from "./facts/latest-release.js";
import type { RuleBook } from "./facts/rule-book.js";
import { readFirings, firingKey } from "./facts/rule-firings.js";
import { readIssues, readProjects } from "./facts/scene.js";
import type { EmailOf, IssueScene, ProjectScene } from "./facts/scene.js";
import type { RecountPause } from "./facts/recount-pause.js";
import type { CompiledRule } from "./rule/compile-rule.js";

/** What deciding needs to know the world by. */
export interface DecidePorts {
  readonly meta: Meta;
  readonly events: EventStore;
  readonly log: Log;
  readonly rules: RuleBook;
  readonly releases: ReleaseBook;
  readonly recounts: RecountPause;
  readonly emailOf?: EmailOf | undefined;
}

export interface DecideOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Decide without the event store, which failed again and again: what has to be counted does not match. */
  readonly withoutEventStore: boolean;
}

/** A rule that matched, and what is to be done about it. */
export interface Decision {
  readonly rule: CompiledRule;
  readonly project: ProjectScene;
  readonly issue: IssueScene;
  readonly verdict: MatchVerdict;
  /** When the rule last fired for the issue before this, milliseconds since 1970. */
  readonly lastFiredAt: number | null;
}

/** One rule and one occurrence it may be about. */
interface Pair {
  readonly rule: CompiledRule;
  readonly occurrence: Occurrence;
  readonly project: ProjectScene;
  readonly issue: IssueScene;
  readonly latestRelease: string | null;
}

/**
 * Decides about a batch of occurrences, in order. Reads, and changes nothing; the decisions take effect in
 * `outbox/commit-decisions.ts`.
 *
 * @returns the matches: fired, throttled, muted, stopped
 * @throws EventStoreError unless `withoutEventStore`; errors of the meta store
 */
export async function decideBatch(
  ports: DecidePorts,
  occurrences: readonly Occurrence[],
  options: DecideOptions,
): Promise<readonly Decision[]> {
  const pairs = await readPairs(ports, occurrences, options);
  if (pairs.length === 0) return [];
  const firings = await readFirings(ports.meta, pairs);
  const { open, counts } = await sift(ports, pairs, { ...options, firings });
  const decisions: Decision[] = [];
  for (const pair of open) {
    const key = firingKey(pair.rule.id, pair.issue.facts.id);
    const lastFiredAt = firings.get(key) ?? null;
    const verdict = judge(ports.log, pair, { counts, lastFiredAt, now: options.now });
    if (verdict.outcome === "no_match" || verdict.outcome === "undecided") continue;
    decisions.push({ rule: pair.rule, project: pair.project, issue: pair.issue, verdict, lastFiredAt });
    // What comes later in the batch is throttled by what fired earlier in it.
    if (verdict.outcome === "fired") firings.set(key, options.now);
  }
  return decisions;
}

async function readPairs(
  ports: DecidePorts,
  occurrences: readonly Occurrence[],
  options: DecideOptions,
): Promise<readonly Pair[]> {
  const rules = await ports.rules.rules();
  if (rules.size === 0) return [];
  const projects = await readProjects(ports.meta, distinct(occurrences.map(({ projectId }) => projectId)));
  const rulesOf = ({ projectId }: Occurrence) => {
    const project = projects.get(projectId);
    const ofOrganization = project ? rules.get(project.organization.id) : undefined;
    return (ofOrganization ?? []).filter((rule) => rule.projects?.has(project?.slug ?? "") ?? true);
  };
  const relevant = occurrences.filter((occurrence) => rulesOf(occurrence).length > 0);
  const issues = await readIssues(ports, distinct(relevant.map(({ issueId }) => issueId)), projects);
  const complete = options.withoutEventStore ? relevant : await completeFacts(ports, relevant, rulesOf);
  const pairs: Pair[] = [];
  for (const occurrence of complete) {
    const project = projects.get(occurrence.projectId);
    const issue = issues.get(occurrence.issueId);
    if (!project || !issue) continue;
    for (const rule of rulesOf(occurrence)) {
      const latestRelease = await latestReleaseFor(ports, { rule, occurrence }, options);
      pairs.push({ rule, occurrence, project, issue, latestRelease });
    }
  }
  return pairs;
}

async function latestReleaseFor(
  { releases }: DecidePorts,
  { rule, occurrence }: Pick<Pair, "rule" | "occurrence">,
  { now, withoutEventStore }: DecideOptions,
): Promise<string | null> {
  const needsEventStore = rule.environments !== null;
  if (!rule.asksLatestRelease || (needsEventStore && withoutEventStore)) return null;
  const mentioned = occurrence.changes.flatMap(({ data }) => data.events.map(({ release }) => release));
  return releases.newest(
    { projectId: occurrence.projectId, environments: rule.environments },
    mentioned,
    now,
  );
}

interface Sifted {
  /** Pairs that match, or may once their events are counted. Whether one matches does not hang on earlier firings. */
  readonly open: readonly Pair[];
  readonly counts: CountAnswers;
}

/** Leaves out what cannot match, and counts for what remains. */
async function sift(
  ports: DecidePorts,
  pairs: readonly Pair[],
  { now, withoutEventStore, firings }: DecideOptions & { firings: ReadonlyMap<string, number> },
): Promise<Sifted> {
  const counts = new CountAnswers();
  const open: Pair[] = [];
  const wanted: WantedCount[] = [];
  for (const pair of pairs) {
    const { rule, issue, occurrence } = pair;
    const lastFiredAt = firings.get(firingKey(rule.id, issue.facts.id)) ?? null;
    const verdict = judge(ports.log, pair, { counts, lastFiredAt, now });
    if (verdict.outcome === "no_match") continue;
    if (verdict.outcome === "undecided") {
      const isThrottled = lastFiredAt !== null && now - lastFiredAt < rule.intervalMs;
      if (withoutEventStore) continue;
      if (isThrottled && !ports.recounts.mayCount(rule.id, issue.facts.id, now)) continue;
      wanted.push(...verdict.wants.map((request) => ({ occurrence, request })));
    }
    open.push(pair);
  }
  if (wanted.length > 0) {
    const hashes = await readIssueHashes(
      ports.meta,
      distinct(wanted.map(({ occurrence }) => occurrence.issueId)),
    );
    await counts.count(ports.events, wanted, { hashes, now });
  }
  return { open, counts };
}

interface Knowledge {
  readonly counts: CountAnswers;
  readonly lastFiredAt: number | null;
  readonly now: number;
}

/** A fault of ours in one rule must not silence the others. */
function judge(log: Log, pair: Pair, { counts, lastFiredAt, now }: Knowledge): Verdict {
  try {
    return evaluateRule({
      rule: pair.rule,
      occurrence: pair.occurrence,
      issue: pair.issue.facts,
      projectSlug: pair.project.slug,
      isStopped: pair.project.isStopped,
      latestRelease: pair.latestRelease,
      counts: counts.lookup(pair.occurrence),
      lastFiredAt,
      now,
    });
  } catch (error) {
    log.error(
      { err: error, rule: pair.rule.id, issue: pair.issue.facts.id },
      "a rule could not be evaluated",
    );
    return { outcome: "no_match", trace: [] };
  }
}

function distinct(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}
