import type { ChangeData, ChangeKind, EventFacts } from "../domain/change.js";
import type { Question } from "./evaluate/question.js";
import type { LoggedChange, Occurrence } from "./evaluate/occurrence.js";
import type { IssueFacts } from "./rule/compile-filter.js";
import { compileDefinition } from "./rule/compile-rule.js";
import type { CompiledRule } from "./rule/compile-rule.js";

/** The moment everything in these tests is about, milliseconds since 1970. */
export const noon = 1_790_000_000_000;

/** Facts of one event; only what a test cares about has to be said. */
export function facts(some: Partial<EventFacts> = {}): EventFacts {
  return {
    eventId: "e".repeat(32),
    timestamp: noon,
    receivedAt: noon,
    level: "error",
    platform: "node",
    environment: "production",
    release: "shop@1.0.0",
    userKey: "id:1",
    tags: {},
    attributes: {},
    ...some,
  };
}

/** A row of the change log with one event. */
export function change(kind: ChangeKind, data: Partial<ChangeData> = {}): LoggedChange {
  const events = data.events ?? [facts()];
  return { id: 7, kind, data: { count: events.length, ...data, events } };
}

/** What one batch did to issue 1 of project 1. */
export function occurrence(...changes: readonly LoggedChange[]): Occurrence {
  return { projectId: 1, issueId: 1, at: noon, changes };
}

/** The change a batch writes for a new issue. */
export function newIssue(...events: readonly EventFacts[]): LoggedChange {
  const seen = events.length > 0 ? events : [facts()];
  const environments = [...new Set(seen.map(({ environment }) => environment))];
  return change("first_seen", { events: seen, isNew: true, newInEnvironments: environments });
}

/** An open issue of priority high, first seen an hour before noon. */
export function issue(some: Partial<IssueFacts> = {}): IssueFacts {
  return {
    id: 1,
    status: "unresolved",
    level: "error",
    priority: "high",
    category: "error",
    firstSeen: noon - 3_600_000,
    timesSeen: 5,
    assignees: [],
    ...some,
  };
}

/** A compiled rule that waits for new issues, unless the definition says otherwise. */
export function rule(definition: object = {}, some: Partial<CompiledRule> = {}): CompiledRule {
  const result = compileDefinition({ when: ["first_seen"], notify: [{ channel: "ops" }], ...definition });
  if (!result.ok) throw new Error(result.problems.join("; "));
  return {
    ...result.rule,
    id: 1,
    organizationId: 1,
    name: "Rule",
    enabled: true,
    mutedUntil: null,
    ...some,
  };
}

/** A question about a new issue of the project `checkout`, unless said otherwise. */
export function question(some: Partial<Question> = {}): Question {
  return {
    rule: rule(),
    occurrence: occurrence(newIssue(), change("seen")),
    issue: issue(),
    projectSlug: "checkout",
    isStopped: false,
    latestRelease: null,
    counts: () => undefined,
    lastFiredAt: null,
    now: noon,
    ...some,
  };
}
