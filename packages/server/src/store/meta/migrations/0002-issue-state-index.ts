import { sql, type Kysely } from "kysely";

/** For the clock-driven looks at archived issues, every five seconds, and at those that are no longer new. */
export async function createIssueStateIndex(db: Kysely<unknown>): Promise<void> {
  await sql`create index issue_state on issue (substatus, status_at)`.execute(db);
}
