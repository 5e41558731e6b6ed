import type { ChangeData, ChangeKind, EventFacts } from "../../domain/change.js";
import { evaluateRule } from "../evaluate/evaluate-rule.js";
import type { LoggedChange } from "../evaluate/occurrence.js";
import { factsOfRow } from "../facts/event-row.js";
import type { EventRow } from "../facts/event-row.js";
import { newestRelease } from "../facts/latest-release.js";
import type { SeenRelease } from "../facts/latest-release.js";
import type { ProjectScene } from "../facts/scene.js";
import type { CompiledRule } from "../rule/compile-rule.js";
import type { PastIssue } from "./past-issues.js";
import { SlidingCounts } from "./sliding-counts.js";

/** A firing the back-test found. */
export interface BacktestSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly issueId: number;
  readonly title: string;
}

const maxSamples = 50;

interface Memory {
  readonly counts: SlidingCounts;
  timesSeen: number;
  lastFacts: EventFacts | null;
  lastFiredAt: number | null;
}

/** Lets a rule see stored events one after the other and remembers what it would have done. */
export class Replay {
  fired = 0;
  throttled = 0;
  readonly samples: BacktestSample[] = [];
  readonly #rule: CompiledRule;
  readonly #projects: ReadonlyMap<number, ProjectScene>;
  /** Releases by project, in the rule's environments. */
  readonly #releases: ReadonlyMap<number, readonly SeenRelease[]>;
  readonly #issues = new Map<number, Memory>();

  constructor(
    rule: CompiledRule,
    projects: ReadonlyMap<number, ProjectScene>,
    releases: ReadonlyMap<number, readonly SeenRelease[]>,
  ) {
    this.#rule = rule;
    this.#projects = projects;
    this.#releases = releases;
  }

  /** @param isCounting false while events only fill the windows that reach back before the test's start */
  event(row: EventRow, issue: PastIssue, isCounting: boolean): void {
    const memory = this.#memoryOf(issue);
    const facts = factsOfRow(row);
    memory.lastFacts = facts;
    memory.timesSeen++;
    const { environments } = this.#rule;
    if (environments === null || environments.includes(row.environment))
      memory.counts.add(row.at, row.userKey);
    if (!isCounting) return;
    const data: ChangeData = { count: 1, events: [facts] };
    const isNew = row.at <= issue.facts.firstSeen;
    const isNewHere = row.at <= (issue.firstSeenIn.get(row.environment) ?? issue.facts.firstSeen);
    const first: ChangeData = { ...data, isNew, newInEnvironments: isNewHere ? [row.environment] : [] };
    const changes: LoggedChange[] = [{ id: 0, kind: "seen", data }];
    if (isNew || isNewHere) changes.unshift({ id: 0, kind: "first_seen", data: first });
    this.#evaluate(issue, row.at, changes);
  }

  /** A change of state, which stands for itself: the last event before it is the one filters ask about. */
  change(kind: ChangeKind, issue: PastIssue, at: number): void {
    const { lastFacts } = this.#memoryOf(issue);
    const data = { count: 0, events: lastFacts ? [lastFacts] : [] };
    this.#evaluate(issue, at, [{ id: 0, kind, data }]);
  }

  #memoryOf({ facts }: PastIssue): Memory {
    const known = this.#issues.get(facts.id);
    if (known) return known;
    const memory = { counts: new SlidingCounts(), timesSeen: 0, lastFacts: null, lastFiredAt: null };
    this.#issues.set(facts.id, memory);
    return memory;
  }

  #evaluate(issue: PastIssue, at: number, changes: readonly LoggedChange[]): void {
    const memory = this.#memoryOf(issue);
    const verdict = evaluateRule({
      rule: this.#rule,
      occurrence: { projectId: issue.projectId, issueId: issue.facts.id, at, changes },
      // What the status was then is not stored; a rule is tested as if the issue had been open.
      issue: { ...issue.facts, status: "unresolved", timesSeen: this.#timesSeenAt(issue, memory, at) },
      projectSlug: this.#projects.get(issue.projectId)?.slug ?? "",
      isStopped: false,
      latestRelease: this.#latestRelease(issue.projectId, at),
      counts: (request) => memory.counts.count(request, at),
      lastFiredAt: memory.lastFiredAt,
      now: at,
    });
    if (verdict.outcome === "throttled") this.throttled++;
    if (verdict.outcome !== "fired") return;
    this.fired++;
    memory.lastFiredAt = at;
    if (this.samples.length < maxSamples) {
      this.samples.push({ at, issueId: issue.facts.id, title: issue.card.title });
    }
  }

  /** Exact for an issue whose whole life was read; for an older one at least as many as were read. */
  #timesSeenAt({ facts }: PastIssue, { timesSeen }: Memory, at: number): number {
    return facts.firstSeen > at ? 1 : Math.min(facts.timesSeen, Math.max(1, timesSeen));
  }

  #latestRelease(projectId: number, at: number): string | null {
    if (!this.#rule.asksLatestRelease) return null;
    const releases = this.#releases.get(projectId) ?? [];
    return newestRelease(releases.filter(({ firstSeen }) => firstSeen <= at));
  }
}
