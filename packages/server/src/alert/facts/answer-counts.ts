import type { EventStore } from "../../store/port.js";
import { countKey } from "../evaluate/count-request.js";
import type { CountLookup, CountRequest } from "../evaluate/count-request.js";
import type { Occurrence } from "../evaluate/occurrence.js";
import { countWindow } from "./count-window.js";
import type { CountWindow } from "./count-window.js";
import type { IssueHashes } from "./issue-hashes.js";

/** A change younger than this is news: its window is open at the end, so that no client's fast clock hides events. */
const freshMs = 60_000;
/** Fresh changes of the same second share the window of the first, so that a busy second needs one query. */
const sharedSpanMs = 1_000;
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
    const groups = [...groupByWindow(wanted, now).values()];
    await Promise.all(groups.map((group) => this.#countGroup(events, group, hashes)));
  }

  async #countGroup(
    events: EventStore,
    { window, wanted }: WindowGroup,
    hashes: ReadonlyMap<number, IssueHashes>,
  ): Promise<void> {
    const issues = new Map<number, IssueHashes>();
    for (const { occurrence } of wanted) {
      const issue = hashes.get(occurrence.issueId);
      if (issue) issues.set(issue.issueId, issue);
    }
    const counts = await countWindow(events, issues.values(), window);
    for (const { occurrence, request } of wanted) {
      this.#answers.set(answerKey(occurrence, request), counts.get(occurrence.issueId) ?? 0);
    }
  }
}

function answerKey({ issueId, at }: Occurrence, request: CountRequest): string {
  return `${issueId}/${at}/${countKey(request)}`;
}

/** Requests that one query answers. */
interface WindowGroup {
  readonly window: CountWindow;
  readonly wanted: WantedCount[];
}

function groupByWindow(wanted: readonly WantedCount[], now: number): ReadonlyMap<string, WindowGroup> {
  const groups = new Map<string, WindowGroup>();
  for (const one of wanted) {
    const { at } = one.occurrence;
    const isFresh = now - at < freshMs;
    const key = `${isFresh ? Math.floor(at / sharedSpanMs) : gridTime(one)}/${countKey(one.request)}`;
    const group = groups.get(key);
    if (group) group.wanted.push(one);
    else groups.set(key, { window: windowOf(one, isFresh), wanted: [one] });
  }
  return groups;
}

/** Where the window of an old change ends: rounded up, so that the events of the change itself are inside. */
function gridTime({ occurrence, request }: WantedCount): number {
  const gridMs = Math.max(1, Math.round(request.perMs / stepsPerWindow));
  return Math.ceil((occurrence.at + 1) / gridMs) * gridMs;
}

function windowOf(wanted: WantedCount, isFresh: boolean): CountWindow {
  const { perMs, shiftMs, measure, environments } = wanted.request;
  const end = (isFresh ? wanted.occurrence.at : gridTime(wanted)) - shiftMs;
  return { from: end - perMs, to: isFresh && shiftMs === 0 ? null : end, measure, environments };
}
