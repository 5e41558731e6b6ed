import { sql } from "kysely";
import type { TimeRange } from "../../http/time-range.js";
import type { IssueCondition } from "../search/issue-conditions.js";
import type { SearchPlan } from "../search/plan-search.js";

export type IssueSort = "date" | "new" | "freq" | "user";

export interface IssueListRequest {
  readonly projectIds: readonly number[];
  /** Empty for all. */
  readonly environments: readonly string[];
  readonly range: TimeRange | null;
  readonly plan: SearchPlan;
  readonly sort: IssueSort;
  readonly limit: number;
  readonly offset: number;
}

/** Project, period, environment and the terms on issues: everything the issue rows decide. */
export function scopeConditions(request: IssueListRequest): readonly IssueCondition[] {
  const { projectIds, environments, range, plan } = request;
  const conditions: IssueCondition[] = [sql`issue.project_id in (${sql.join(projectIds)})`, ...plan.issue];
  if (range) {
    conditions.push(
      sql`issue.last_seen >= ${Math.floor(range.from)} and issue.first_seen < ${Math.ceil(range.to)}`,
    );
  }
  if (environments.length > 0) {
    const since = range ? sql`and place.last_seen >= ${Math.floor(range.from)}` : sql``;
    conditions.push(sql`exists (select 1 from issue_environment place where place.issue_id = issue.id
      and place.environment in (${sql.join(environments)}) ${since})`);
  }
  return conditions;
}
