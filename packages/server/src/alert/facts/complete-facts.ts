import type { EventStore } from "../../store/port.js";
import type { LoggedChange, Occurrence } from "../evaluate/occurrence.js";
import type { CompiledRule } from "../rule/compile-rule.js";
import type { IssueHashes } from "./issue-hashes.js";
import { newestEvents } from "./newest-events.js";

/**
 * Says which events a change lacks for these rules.
 *
 * @returns null when nothing is missing; otherwise the environments to look in, an empty list for all of them
 */
export function missingFacts(change: LoggedChange, rules: readonly CompiledRule[]): readonly string[] | null {
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

/**
 * Adds to an occurrence the events its changes lack: those of people carry none, and of a burst only 20 are kept,
 * which may all be of other environments.
 *
 * @throws EventStoreError
 */
export async function completeFacts(
  events: EventStore,
  occurrence: Occurrence,
  { rules, hashes }: { rules: readonly CompiledRule[]; hashes: IssueHashes | undefined },
): Promise<Occurrence> {
  if (!hashes) return occurrence;
  const changes: LoggedChange[] = [];
  for (const change of occurrence.changes) {
    const missing = missingFacts(change, rules);
    if (missing === null) {
      changes.push(change);
      continue;
    }
    const found = await newestEvents(events, hashes, {
      environments: missing.length === 0 ? null : missing,
      upTo: occurrence.at,
    });
    changes.push({ ...change, data: { ...change.data, events: [...found, ...change.data.events] } });
  }
  return { ...occurrence, changes };
}
