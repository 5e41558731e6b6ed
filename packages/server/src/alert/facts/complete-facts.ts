import type { EventFacts } from "../../domain/change.js";
import type { EventStore, Meta } from "../../store/port.js";
import type { LoggedChange, Occurrence } from "../evaluate/occurrence.js";
import type { CompiledRule } from "../rule/compile-rule.js";
import { readIssueHashes } from "./issue-hashes.js";
import { newestEvents } from "./newest-events.js";

/**
 * Says which events a change lacks for these rules.
 *
 * @returns null when nothing is missing; otherwise the environments to look in, an empty list for all of them
 */
function missingFacts(change: LoggedChange, rules: readonly CompiledRule[]): readonly string[] | null {
  const { events, count } = change.data;
  const waiting = rules.filter((rule) => rule.triggers.some((trigger) => waitsFor(trigger, change)));
  if (waiting.length === 0) return null;
  if (events.length === 0) {
    return waiting.some(({ environments }) => environments === null)
      ? []
      : waiting.flatMap(({ environments }) => environments ?? []);
  }
  if (count <= events.length) return null;
  const present = new Set(events.map(({ environment }) => environment));
  const absent = waiting
    .flatMap(({ environments }) => environments ?? [])
    .filter((name) => !present.has(name) && mayHaveHappened(change, name));
  return absent.length > 0 ? [...new Set(absent)] : null;
}

function waitsFor(trigger: CompiledRule["triggers"][number], { kind }: LoggedChange): boolean {
  return trigger.type === "change" ? trigger.kind === kind : kind === "seen";
}

/** `first_seen` names the environments that matter to it. */
function mayHaveHappened({ kind, data }: LoggedChange, environment: string): boolean {
  return kind !== "first_seen" || (data.newInEnvironments ?? []).includes(environment);
}

/** Reads under way at once: a person may resolve a thousand issues with one click. */
const readsAtOnce = 8;

/** A change that lacks events, and where they may be found. */
interface Lack {
  readonly change: LoggedChange;
  readonly issueId: number;
  readonly environments: readonly string[];
}

/**
 * Adds to occurrences the events their changes lack: those of people carry none, and of a burst only 20 are kept,
 * which may all be of other environments. Each issue is asked for once per set of environments.
 *
 * @throws EventStoreError
 */
export async function completeFacts(
  { meta, events }: { meta: Meta; events: EventStore },
  occurrences: readonly Occurrence[],
  rulesOf: (occurrence: Occurrence) => readonly CompiledRule[],
): Promise<readonly Occurrence[]> {
  const lacks = occurrences.flatMap((occurrence) => lacksOf(occurrence, rulesOf(occurrence)));
  if (lacks.length === 0) return occurrences;
  const hashes = await readIssueHashes(meta, [...new Set(lacks.map(({ issueId }) => issueId))]);
  const distinct = [...new Map(lacks.map((lack) => [keyOf(lack), lack]))];
  const found = new Map<string, readonly EventFacts[]>();
  for (let start = 0; start < distinct.length; start += readsAtOnce) {
    const reads = distinct.slice(start, start + readsAtOnce).map(async ([key, { issueId, environments }]) => {
      const issue = hashes.get(issueId);
      const some = environments.length === 0 ? null : environments;
      found.set(key, issue ? await newestEvents(events, issue, some) : []);
    });
    await Promise.all(reads);
  }
  const additions = new Map(lacks.map((lack) => [lack.change, found.get(keyOf(lack)) ?? []]));
  return occurrences.map((occurrence) => withEvents(occurrence, additions));
}

function lacksOf({ issueId, changes }: Occurrence, rules: readonly CompiledRule[]): readonly Lack[] {
  return changes.flatMap((change) => {
    const environments = missingFacts(change, rules);
    return environments === null ? [] : [{ change, issueId, environments }];
  });
}

function keyOf({ issueId, environments }: Lack): string {
  return JSON.stringify([issueId, environments]);
}

function withEvents(
  occurrence: Occurrence,
  additions: ReadonlyMap<LoggedChange, readonly EventFacts[]>,
): Occurrence {
  const changes = occurrence.changes.map((change) => {
    const added = additions.get(change);
    return added
      ? { ...change, data: { ...change.data, events: [...added, ...change.data.events] } }
      : change;
  });
  return { ...occurrence, changes };
}
