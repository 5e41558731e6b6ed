import type { EventStore } from "../../../store/port.js";
import { isoTime } from "../json-time.js";
import type { EventSql } from "../search/event-conditions.js";

/** One value of a tag with its figures; times are milliseconds since 1970. */
interface ValueRow {
  readonly key: string;
  readonly value: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly total: number;
  readonly uniques: number;
}

/** How the events of an issue spread over one tag. */
export interface TagFigures {
  readonly key: string;
  /** Events that have the tag. */
  readonly total: number;
  readonly uniques: number;
  readonly values: readonly ValueRow[];
}

/** Keys shown of one issue; the most frequent ones. */
const maxKeys = 100;
/** Events whose tags are spread out into rows. */
const maxEvents = 50_000;

/**
 * All tags of the events with their most frequent values, in one statement.
 *
 * Of an issue with more events only the newest 50,000 are counted: every tag of every event is a row here, and 40,000
 * events of 16 tags took 120 ms (mapKeys beside mapValues; 147 ms as zipped pairs, 191 ms as subcolumns).
 */
export async function readTags(
  events: EventStore,
  statement: EventSql,
  valuesPerKey: number,
): Promise<readonly TagFigures[]> {
  keepNewest(statement);
  const rows = await events.query<ValueRow>(
    `SELECT key, value, toUInt32(n) AS count, toUnixTimestamp64Milli(first) AS first,
       toUnixTimestamp64Milli(last) AS last, toUInt32(sum(n) OVER (PARTITION BY key)) AS total,
       toUInt32(count() OVER (PARTITION BY key)) AS uniques
     FROM (
       SELECT key, value, count() AS n, min(timestamp) AS first, max(timestamp) AS last
       FROM events ARRAY JOIN mapKeys(tags) AS key, mapValues(tags) AS value
       WHERE ${statement.where()} GROUP BY key, value
     )
     ORDER BY total DESC, key, count DESC, value LIMIT ${valuesPerKey} BY key LIMIT ${maxKeys * valuesPerKey}`,
    statement.params,
  );
  const tags = new Map<string, ValueRow[]>();
  for (const row of rows) tags.set(row.key, [...(tags.get(row.key) ?? []), row]);
  return [...tags].map(([key, values]) => figuresOf(key, values));
}

/** One tag of the events; the values page by page, the most frequent first. */
export async function readTag(
  events: EventStore,
  statement: EventSql,
  { key, limit, offset }: { key: string; limit: number; offset: number },
): Promise<TagFigures> {
  const name = statement.value(key, "String");
  statement.add(`mapContains(tags, ${name})`);
  const rows = await events.query<ValueRow>(
    `SELECT ${name} AS key, value, toUInt32(n) AS count, toUnixTimestamp64Milli(first) AS first,
       toUnixTimestamp64Milli(last) AS last, toUInt32(sum(n) OVER ()) AS total, toUInt32(count() OVER ()) AS uniques
     FROM (
       SELECT tags[${name}] AS value, count() AS n, min(timestamp) AS first, max(timestamp) AS last
       FROM events WHERE ${statement.where()} GROUP BY value
     ) ORDER BY count DESC, value LIMIT ${limit} OFFSET ${offset}`,
    statement.params,
  );
  return figuresOf(key, rows);
}

/** Tag keys of the newest 50,000 events and how many have each. */
export async function readTagKeys(
  events: EventStore,
  statement: EventSql,
): Promise<readonly { readonly key: string; readonly total: number }[]> {
  keepNewest(statement);
  return events.query(
    `SELECT key, toUInt32(count()) AS total FROM events ARRAY JOIN tags.keys AS key
     WHERE ${statement.where()} GROUP BY key ORDER BY total DESC, key LIMIT ${maxKeys}`,
    statement.params,
  );
}

/** The scalar subquery becomes a constant, so the sorting key leaves the older granules out. */
function keepNewest(statement: EventSql): void {
  statement.add(`timestamp >= (
    SELECT min(timestamp) FROM (
      SELECT timestamp FROM events WHERE ${statement.where()} ORDER BY timestamp DESC LIMIT ${maxEvents}
    )
  )`);
}

function figuresOf(key: string, values: readonly ValueRow[]): TagFigures {
  return { key, total: values[0]?.total ?? 0, uniques: values[0]?.uniques ?? 0, values };
}

/** A tag in the API's form (web API sheet 3.3). */
export function tagJson(tag: TagFigures) {
  return {
    key: tag.key,
    name: nameOf(tag.key),
    totalValues: tag.total,
    uniqueValues: tag.uniques,
    topValues: tag.values.map((value) => valueJson(tag.key, value)),
  };
}

/** A value of a tag in the API's form. */
export function valueJson(key: string, { value, count, first, last }: ValueRow) {
  return { key, name: value, value, count, firstSeen: isoTime(first), lastSeen: isoTime(last) };
}

/** `server_name` is `Server Name`. */
export function nameOf(key: string): string {
  return key.replaceAll(/[._-]+/g, " ").replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
