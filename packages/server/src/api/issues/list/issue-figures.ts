import { isRowOf, issueIdOf } from "../../../actions/issues/hash-sql.js";
import { hashesByIssue } from "../../../actions/issues/hashes-by-issue.js";
import type { OwnedHash } from "../../../actions/issues/hashes-by-issue.js";
import type { EventStore, Meta } from "../../../store/port.js";
import { EventSql } from "../search/event-conditions.js";
import type { TimeRange } from "../../http/time-range.js";
import { pointsOf } from "./period.js";
import type { SeriesWindow } from "./period.js";

/** What the event store says about one issue within a period. */
export interface IssueFigures {
  readonly events: number;
  readonly users: number;
  /** Events by start of bucket, in milliseconds since 1970. */
  readonly buckets: ReadonlyMap<number, number>;
}

export interface FiguresRequest {
  readonly issueIds: readonly number[];
  /** Null counts everything that is kept. */
  readonly range: TimeRange | null;
  readonly environments: readonly string[];
  readonly series: SeriesWindow | null;
}

interface FigureRow {
  readonly issue: number;
  readonly events: number;
  readonly users: number;
  readonly starts: readonly number[];
  readonly counts: readonly number[];
}

const hourMs = 3_600_000;

/**
 * Events, users and series of up to 100 issues in one statement over `event_counts`. Its rows are whole hours, so a
 * period counts from the hour it begins in.
 */
export async function readFigures(
  { meta, events }: { readonly meta: Meta; readonly events: EventStore },
  request: FiguresRequest,
): Promise<ReadonlyMap<number, IssueFigures>> {
  if (request.issueIds.length === 0) return new Map();
  const hashes = await hashesByIssue(meta, request.issueIds);
  if (hashes.length === 0) return new Map();
  const statement = new EventSql();
  const rows = await events.query<FigureRow>(figuresSql(statement, request, hashes), statement.params);
  return new Map(
    rows.map((row) => [
      row.issue,
      {
        events: row.events,
        users: row.users,
        buckets: new Map(row.starts.map((start, index) => [start * 1_000, row.counts[index] ?? 0])),
      },
    ]),
  );
}

function figuresSql(
  statement: EventSql,
  { range, series, environments }: FiguresRequest,
  hashes: readonly OwnedHash[],
): string {
  statement.add(isRowOf(hashes));
  const from = Math.floor(Math.min(range?.from ?? 0, series?.from ?? Infinity) / hourMs) * hourMs;
  if (from > 0) statement.add(`c.hour >= ${seconds(statement, from)}`);
  if (range) statement.add(`c.hour < ${seconds(statement, Math.max(range.to, series?.to ?? 0))}`);
  if (environments.length > 0) {
    statement.add(`c.environment IN ${statement.value(environments, "Array(String)")}`);
  }
  const bucket = statement.value((series?.bucketMs ?? 24 * hourMs) / 1_000, "UInt32");
  const inRange = range
    ? `c.hour >= ${seconds(statement, Math.floor(range.from / hourMs) * hourMs)} AND c.hour < ${seconds(statement, range.to)}`
    : "1";
  const inSeries = series ? `start >= ${statement.value(series.from / 1_000, "UInt32")}` : "0";
  // Two levels: users of the buckets are joined as sets, so that a person counts once.
  return `SELECT toUInt32(issue) AS issue, toUInt32(sum(inside)) AS events,
      toUInt32(uniqCombined64Merge(12)(people)) AS users,
      groupArrayIf(start, ${inSeries}) AS starts, groupArrayIf(n, ${inSeries}) AS counts
    FROM (
      SELECT ${issueIdOf(hashes)} AS issue,
        intDiv(toUnixTimestamp(c.hour), ${bucket}) * ${bucket} AS start,
        toUInt32(sum(c.events)) AS n, toUInt32(sumIf(c.events, ${inRange})) AS inside,
        uniqCombined64MergeStateIf(12)(c.users, ${inRange}) AS people
      FROM event_counts AS c WHERE ${statement.where()}
      GROUP BY issue, start
    ) GROUP BY issue`;
}

function seconds(statement: EventSql, ms: number): string {
  const value = Math.min(Math.max(0, Math.round(ms / 1_000)), 4_294_967_295);
  return `fromUnixTimestamp(${statement.value(value, "UInt32")})`;
}

/** The series of an issue as clients draw it. */
export function seriesOf(
  window: SeriesWindow,
  figures: IssueFigures | undefined,
): readonly (readonly [number, number])[] {
  return pointsOf(window, figures?.buckets ?? new Map());
}
