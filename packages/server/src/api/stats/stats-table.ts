import { isoTime } from "../http/iso-time.js";
import type { TimeRange } from "../http/time-range.js";
import type { OutcomeCell } from "./read-outcomes.js";

/** The answer of stats_v2 (web API sheet 8.5): every group with one number per interval and field. */
export function statsTable(
  cells: readonly OutcomeCell[],
  { range, stepMs, fields }: { range: TimeRange; stepMs: number; fields: readonly string[] },
) {
  const length = (range.to - range.from) / stepMs;
  const groups = new Map<string, { by: OutcomeCell["by"]; series: number[] }>();
  for (const cell of cells) {
    const id = JSON.stringify(cell.by);
    const group = groups.get(id) ?? { by: cell.by, series: Array.from({ length }, () => 0) };
    groups.set(id, group);
    const index = (cell.at * 1000 - range.from) / stepMs;
    group.series[index] = (group.series[index] ?? 0) + cell.quantity;
  }
  const ofFields = <T>(value: T) => Object.fromEntries(fields.map((field) => [field, value]));
  return {
    start: isoTime(range.from),
    end: isoTime(range.to),
    intervals: Array.from({ length }, (_unused, index) => isoTime(range.from + index * stepMs)),
    groups: [...groups.values()].map(({ by, series }) => ({
      by,
      totals: ofFields(series.reduce((sum, count) => sum + count, 0)),
      series: ofFields(series),
    })),
  };
}
