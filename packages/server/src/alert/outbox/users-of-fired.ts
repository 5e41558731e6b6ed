import type { EventStore, Meta } from "../../store/port.js";
import type { Decision } from "../decide-batch.js";
import { countUsers } from "../facts/count-window.js";
import { readIssueHashes } from "../facts/issue-hashes.js";

/**
 * Distinct users of the issues that fired, for their messages. All events of a new issue are in its change, so the most
 * urgent message waits for no query.
 *
 * @returns by issue id
 * @throws EventStoreError
 */
export async function usersOfFired(
  { meta, events }: { meta: Meta; events: EventStore },
  decisions: readonly Decision[],
): Promise<ReadonlyMap<number, number>> {
  const users = new Map<number, number>();
  const unknown = new Set<number>();
  for (const { issue, verdict } of decisions) {
    if (verdict.outcome !== "fired") continue;
    const { events: told } = verdict.change.data;
    const keys = new Set(told.map(({ userKey }) => userKey).filter((key) => key !== ""));
    if (verdict.change.data.isNew && told.length === issue.facts.timesSeen)
      users.set(issue.facts.id, keys.size);
    else unknown.add(issue.facts.id);
  }
  const hashes = await readIssueHashes(meta, [...unknown]);
  return new Map([...users, ...(await countUsers(events, hashes.values()))]);
}
