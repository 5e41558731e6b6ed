import type { Meta } from "../../store/port.js";

/** A grouping hash and the issue it belongs to. */
export interface OwnedHash {
  readonly issue_id: number;
  readonly project_id: number;
  readonly hash: string;
}

/** All grouping hashes of the issues. */
export async function hashesByIssue(meta: Meta, issueIds: readonly number[]): Promise<readonly OwnedHash[]> {
  if (issueIds.length === 0) return [];
  return meta
    .selectFrom("issue_hash")
    .select(["issue_id", "project_id", "hash"])
    .where("issue_id", "in", issueIds)
    .execute();
}
