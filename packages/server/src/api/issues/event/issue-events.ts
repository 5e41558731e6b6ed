import { hashList } from "../../../actions/issues/hash-sql.js";
import type { EventStore } from "../../../store/port.js";
import { EventSql } from "../search/event-conditions.js";
import { readEventAt } from "./stored-event.js";
import type { StoredEvent } from "./stored-event.js";

/** The events of an issue: rows of its project with one of its hashes. */
export interface IssueEvents {
  readonly projectId: number;
  readonly hashes: readonly string[];
  /** Empty for all. */
  readonly environments: readonly string[];
}

/** Which event of an issue is meant by a word. */
export type NamedEvent = "latest" | "oldest" | "recommended";

interface EventPlace {
  readonly hash: string;
  readonly eventId: string;
  readonly at: number;
}

const weekMs = 7 * 24 * 3_600_000;

/** Starts a statement over the issue's events. */
export function statementOf({ projectId, hashes, environments }: IssueEvents): EventSql {
  const statement = new EventSql();
  statement.add(`project_id = ${statement.value(projectId, "UInt64")}`);
  statement.add(`primary_hash IN ${hashList(hashes)}`);
  if (environments.length > 0) {
    statement.add(`environment IN ${statement.value(environments, "Array(String)")}`);
  }
  return statement;
}

/**
 * The event a word stands for; null when the issue has none stored. Recommended is an event of the last week (before
 * the newest one) that tells most: trace, user, request; among equals the newest.
 */
export async function readNamedEvent(
  events: EventStore,
  issue: IssueEvents,
  { name, lastSeen }: { name: NamedEvent; lastSeen: number },
): Promise<StoredEvent | null> {
  const statement = statementOf(issue);
  if (name === "recommended") {
    const since = statement.value(Math.round(lastSeen - weekMs), "Int64");
    statement.add(`timestamp >= fromUnixTimestamp64Milli(${since})`);
  }
  const order = {
    latest: "timestamp DESC, event_id DESC",
    oldest: "timestamp ASC, event_id ASC",
    recommended: "(trace_id != '') + (user_key != '') + (http_url != '') DESC, timestamp DESC, event_id DESC",
  }[name];
  // Places first, payloads after: sorting must not read a payload of 10 KB for every row.
  const [place] = await events.query<EventPlace>(
    `SELECT primary_hash AS hash, event_id AS eventId, toUnixTimestamp64Milli(timestamp) AS at
     FROM events WHERE ${statement.where()} ORDER BY ${order} LIMIT 1`,
    statement.params,
  );
  if (!place)
    return name === "recommended" ? readNamedEvent(events, issue, { name: "latest", lastSeen }) : null;
  return readEventAt(events, { ...place, projectId: issue.projectId, timestamp: place.at });
}

/** Ids of the events before and after this one in time; null at the ends. */
export async function readNeighbours(
  events: EventStore,
  issue: IssueEvents,
  event: Pick<StoredEvent, "timestamp" | "eventId">,
): Promise<{ readonly previous: string | null; readonly next: string | null }> {
  const [next, previous] = await Promise.all([
    neighbour(events, issue, { event, isNext: true }),
    neighbour(events, issue, { event, isNext: false }),
  ]);
  return { previous, next };
}

async function neighbour(
  events: EventStore,
  issue: IssueEvents,
  { event, isNext }: { event: Pick<StoredEvent, "timestamp" | "eventId">; isNext: boolean },
): Promise<string | null> {
  const statement = statementOf(issue);
  const at = `fromUnixTimestamp64Milli(${statement.value(event.timestamp, "Int64")})`;
  const id = statement.value(event.eventId, "String");
  const [sign, direction] = isNext ? [">", "ASC"] : ["<", "DESC"];
  // The first condition uses the sorting key; the second decides between events of the same millisecond.
  statement.add(`timestamp ${sign}= ${at}`);
  statement.add(`timestamp ${sign} ${at} OR event_id ${sign} ${id}`);
  const [row] = await events.query<{ event_id: string }>(
    `SELECT event_id FROM events WHERE ${statement.where()}
     ORDER BY timestamp ${direction}, event_id ${direction} LIMIT 1`,
    statement.params,
  );
  return row?.event_id ?? null;
}
