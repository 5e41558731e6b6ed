import type { EventStore } from "../../store/port.js";
import { countKey } from "../evaluate/count-request.js";
import type { CountLookup, CountRequest } from "../evaluate/count-request.js";
import type { Occurrence } from "../evaluate/occurrence.js";
import { countWindow } from "./count-window.js";
import type { IssueHashes } from "./issue-hashes.js";

/** A change younger than this is news: its window is open at the end, so that no client's fast clock hides events. */
const freshMs = 60_000;
/** Windows of older changes end on a grid of this many steps per window, so that a backlog needs few queries. */
const stepsPerWindow = 60;

/** One rule's question about one occurrence. */
export interface WantedCount {
  readonly occurrence: Occurrence;
  readonly request: CountRequest;
}

/** The counts made so far, for the occurrences of one batch. */
export class CountAnswers {
  readonly #answers = new Map<string, number>();

  /** The counts of one occurrence, as the evaluation asks for them. */
  lookup(occurrence: Occurrence): CountLookup {
    return (request) => this.#answers.get(answerKey(occurrence, request));
  }

  /**
   * Counts what is wanted, with one query per window, environment and project.
   *
   * @throws EventStoreError
   */
  async count(
    events: EventStore,
    wanted: readonly WantedCount[],
    { hashes, now }: { hashes: ReadonlyMap<number, IssueHashes>; now: number },
  ): Promise<void> {
    for (const group of groupByWindow(wanted, now).values()) {
      const issues = new Map<number, IssueHashes>();
      for (const { occurrence } of group.wanted) {
        const issue = hashes.get(occurrence.issueId);
        if (issue) issues.set(issue.issueId, issue);
      }
      const counts = await countWindow(events, issues.values(), group.window);
      for (const { occurrence, request } of group.wanted) {
        this.#answers.set(answerKey(occurrence, request), counts.get(occurrence.issueId) ?? 0);
      }
    }
  }
}

function answerKey({ issueId, at }: Occurrence, request: CountRequest): string {
  return `${issueId}/${at}/${countKey(request)}`;
}

function groupByWindow(wanted: readonly WantedCount[], now: number) {
  const groups = new Map<
    string,
    {
      window: { from: number; to: number | null } & Omit<CountRequest, "perMs" | "shiftMs">;
      wanted: WantedCount[];
    }
  >();
  for (const one of wanted) {
    const window = windowOf(one, now);
    const key = JSON.stringify(window);
    const group = groups.get(key);
    if (group) group.wanted.push(one);
    else groups.set(key, { window, wanted: [one] });
  }
  return groups;
}

function windowOf({ occurrence, request }: WantedCount, now: number) {
  const { perMs, shiftMs, measure, environments } = request;
  const isFresh = now - occurrence.at < freshMs;
  const gridMs = Math.max(1, Math.round(perMs / stepsPerWindow));
  // Rounded up, so that the events of the occurrence itself are inside.
  const end = (isFresh ? occurrence.at : Math.ceil((occurrence.at + 1) / gridMs) * gridMs) - shiftMs;
  return { from: end - perMs, to: isFresh && shiftMs === 0 ? null : end, measure, environments };
}
