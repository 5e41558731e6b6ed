import type { Meta } from "../../store/port.js";

/** An issue as the event store knows it: a project and grouping hashes. */
export interface IssueHashes {
  readonly issueId: number;
  readonly projectId: number;
  readonly hashes: readonly string[];
}

/** Reads the hashes of issues, a few hundred at most. @returns by issue id; an issue that is gone is absent */
export async function readIssueHashes(
  meta: Meta,
  issueIds: readonly number[],
): Promise<ReadonlyMap<number, IssueHashes>> {
  if (issueIds.length === 0) return new Map();
  const rows = await meta
    .selectFrom("issue_hash")
    .select(["issue_id", "project_id", "hash"])
    .where("issue_id", "in", issueIds)
    .execute();
  const issues = new Map<number, IssueHashes & { hashes: string[] }>();
  for (const row of rows) {
    const issue = issues.get(row.issue_id);
    if (issue) issue.hashes.push(row.hash);
    else issues.set(row.issue_id, { issueId: row.issue_id, projectId: row.project_id, hashes: [row.hash] });
  }
  return issues;
}

/** Hashes in one query: parameters travel in the URL, which the embedded engine takes up to 16 KiB. */
const hashesPerQuery = 150;

/** Hashes of one project, with the issue of each; small enough for one query's parameters. */
export interface HashPage {
  readonly projectId: number;
  readonly hashes: readonly string[];
  /** Issue ids in the order of `hashes`. */
  readonly issues: readonly number[];
}

/** Lays issues out for queries: one page per project, more when there are many hashes. */
export function pagesOfHashes(issues: Iterable<IssueHashes>): readonly HashPage[] {
  const pairs = new Map<number, { hash: string; issueId: number }[]>();
  for (const { projectId, issueId, hashes } of issues) {
    const list = pairs.get(projectId) ?? [];
    list.push(...hashes.map((hash) => ({ hash, issueId })));
    pairs.set(projectId, list);
  }
  const pages: HashPage[] = [];
  for (const [projectId, list] of pairs) {
    for (let start = 0; start < list.length; start += hashesPerQuery) {
      const some = list.slice(start, start + hashesPerQuery);
      pages.push({
        projectId,
        hashes: some.map(({ hash }) => hash),
        issues: some.map(({ issueId }) => issueId),
      });
    }
  }
  return pages;
}
