import type { EventFacts } from "../../domain/change.js";
import { maxFactsPerChange } from "../../domain/change.js";
import type { EventStore } from "../../store/port.js";
import { eventColumns, factsOfRow } from "./event-row.js";
import type { EventRow } from "./event-row.js";
import type { IssueHashes } from "./issue-hashes.js";

/** Hashes looked at for the newest events; of an issue merged from more, the first ones speak for it. */
const maxHashes = 150;

/**
 * The issue's newest events, as facts: for changes by people, which carry none, and for bursts whose
 * facts were cut before the rule's environment came up.
 *
 * @param environments null for every environment
 * @returns at most `maxFactsPerChange`, the newest last, as in the change log
 */
export async function newestEvents(
  events: EventStore,
  issue: IssueHashes,
  environments: readonly string[] | null,
): Promise<readonly EventFacts[]> {
  const rows = await events.query<EventRow>(
    `SELECT ${eventColumns}, payload FROM events
     WHERE project_id = {project:UInt64} AND primary_hash IN {hashes:Array(String)}
       AND (empty({environments:Array(String)}) OR environment IN {environments:Array(String)})
     ORDER BY timestamp DESC LIMIT ${maxFactsPerChange}`,
    {
      project: issue.projectId,
      hashes: issue.hashes.slice(0, maxHashes),
      environments: environments ?? [],
    },
  );
  return rows.map(factsOfRow).toReversed();
}
