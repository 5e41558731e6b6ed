/** Fewer events an hour than this never count as an escalation, however quiet the issue was. */
const quietestEscalationPerHour = 10;
const factorOverBusiestHour = 2;

/**
 * Events an hour above which an issue escalates: twice its busiest hour of the last week, and at least 10.
 *
 * A person who archives an issue has seen its usual peaks; only what clearly exceeds them is news.
 *
 * @param hourlyCounts events in each of the past hours, the current one left out; hours without events may be absent
 */
export function escalationThreshold(hourlyCounts: readonly number[]): number {
  return Math.max(quietestEscalationPerHour, factorOverBusiestHour * Math.max(0, ...hourlyCounts));
}
