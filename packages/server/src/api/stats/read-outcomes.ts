import type { EventStore } from "../../store/port.js";
import type { TimeRange } from "../http/time-range.js";

/** Names of stats_v2 and the columns behind them. */
const columns = {
  outcome: "outcome",
  category: "category",
  reason: "reason",
  project: "project_id",
} as const;
export type OutcomeDimension = keyof typeof columns;
export const outcomeDimensions = Object.keys(columns) as readonly OutcomeDimension[];

export interface OutcomeQuestion {
  readonly projectIds: readonly number[];
  readonly range: TimeRange;
  readonly stepMs: number;
  readonly groupBy: readonly OutcomeDimension[];
  /** Only these values; a name that is absent takes all. */
  readonly only: Readonly<Partial<Record<"outcome" | "category" | "reason", readonly string[]>>>;
}

/** Quantity of one group in one interval, whose beginning is in epoch seconds. */
export interface OutcomeCell {
  readonly by: Readonly<Partial<Record<OutcomeDimension, string | number>>>;
  readonly at: number;
  readonly quantity: number;
}

/** What became of what arrived, added up by interval and group. */
export async function readOutcomes(
  events: EventStore,
  question: OutcomeQuestion,
): Promise<readonly OutcomeCell[]> {
  if (question.projectIds.length === 0) return [];
  const { groupBy, only } = question;
  const dimensions = groupBy.map((name) => `${columns[name]} AS by_${name}`);
  const filters = (["outcome", "category", "reason"] as const)
    .filter((name) => only[name] !== undefined)
    .map((name) => `AND ${columns[name]} IN {${name}:Array(String)}`);
  const rows = await events.query<Record<string, string | number> & { at: number; total: number }>(
    `SELECT ${[...dimensions, "intDiv(toUnixTimestamp(minute), {step:UInt32}) * {step:UInt32} AS at"].join(", ")},
      sum(quantity) AS total
    FROM outcomes
    WHERE project_id IN {projects:Array(UInt64)}
      AND minute >= toDateTime({from:UInt32}, 'UTC') AND minute < toDateTime({to:UInt32}, 'UTC')
      ${filters.join(" ")}
    GROUP BY ${[...groupBy.map((name) => `by_${name}`), "at"].join(", ")}`,
    {
      projects: question.projectIds,
      step: question.stepMs / 1000,
      from: Math.floor(question.range.from / 1000),
      to: Math.ceil(question.range.to / 1000),
      ...only,
    },
  );
  return rows.map((row) => ({
    by: Object.fromEntries(groupBy.map((name) => [name, row[`by_${name}`] ?? ""])),
    at: row.at,
    quantity: row.total,
  }));
}
