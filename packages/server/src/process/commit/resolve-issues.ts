import { priorityOfLevel } from "../../domain/issue.js";
import type { Meta } from "../../store/port.js";
import type { PreparedEvent } from "../prepare/prepared.js";
import { chunks, groupBy } from "./chunks.js";
import type { IssueBatch, IssueRow } from "./issue-batch.js";

/**
 * Finds each event's issue by its grouping hashes and makes the issues that are missing. A hash that has no issue
 * yet joins the issue of the event's other hashes, so that an issue may collect the hashes of several algorithms.
 */
export async function resolveIssues(
  trx: Meta,
  events: readonly PreparedEvent[],
  now: number,
): Promise<IssueBatch[]> {
  const byProject = groupBy(events, ({ record }) => record.item.projectId);
  const { known, rows } = await lockKnown(trx, byProject);
  const result: IssueBatch[] = [];
  for (const [projectId, ofProject] of byProject) {
    const issueOfHash = known.get(projectId) ?? new Map<string, number>();
    result.push(...(await resolveProject(trx, { projectId, events: ofProject, now }, { issueOfHash, rows })));
  }
  return result;
}

/** Issue ids by project and hash, and the issues themselves. */
interface KnownIssues {
  readonly known: ReadonlyMap<number, Map<string, number>>;
  readonly rows: ReadonlyMap<number, IssueRow>;
}

const looksForIssues = 3;

/**
 * The issues of known hashes as they stand, locked until the batch is committed: nobody resolves, merges or deletes
 * them in between. Locked in the order of their ids, as people's actions do it, so that the two do not wait for
 * each other. What was merged or deleted between the two looks is looked up again.
 */
async function lockKnown(
  trx: Meta,
  byProject: ReadonlyMap<number, readonly PreparedEvent[]>,
): Promise<KnownIssues> {
  for (let look = 1; look <= looksForIssues; look++) {
    const known = new Map<number, Map<string, number>>();
    for (const [projectId, events] of byProject) {
      const hashes = new Set(events.flatMap(({ grouping }) => grouping.hashes));
      known.set(projectId, await knownHashes(trx, projectId, hashes));
    }
    const ids = new Set([...known.values()].flatMap((issueOfHash) => [...issueOfHash.values()]));
    const rows = await lockIssues(trx, ids);
    if (rows.size === ids.size) return { known, rows };
  }
  throw new Error("hashes name issues that do not exist");
}

async function lockIssues(trx: Meta, ids: ReadonlySet<number>): Promise<ReadonlyMap<number, IssueRow>> {
  const rows = new Map<number, IssueRow>();
  for (const some of chunks([...ids].toSorted((a, b) => a - b))) {
    const found = await trx
      .selectFrom("issue")
      .selectAll()
      .where("id", "in", some)
      .orderBy("id")
      .forUpdate()
      .execute();
    for (const row of found) rows.set(row.id, row);
  }
  return rows;
}

interface ProjectPart {
  readonly projectId: number;
  readonly events: readonly PreparedEvent[];
  readonly now: number;
}

async function resolveProject(
  trx: Meta,
  part: ProjectPart,
  { issueOfHash, rows }: { issueOfHash: Map<string, number>; rows: ReadonlyMap<number, IssueRow> },
): Promise<IssueBatch[]> {
  const created = await createMissing(trx, part, issueOfHash);
  await joinNewHashes(trx, part, issueOfHash);
  const byIssue = groupBy(part.events, ({ grouping }) => issueIdOf(issueOfHash, grouping.hashes));
  return [...byIssue].map(([id, events]) => {
    const issue = created.get(id) ?? rows.get(id);
    if (!issue) throw new Error(`hash of project ${part.projectId} names issue ${id}, which does not exist`);
    return { issue, isNew: created.has(id), events };
  });
}

async function knownHashes(
  trx: Meta,
  projectId: number,
  hashes: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const known = new Map<string, number>();
  for (const some of chunks([...hashes])) {
    const rows = await trx
      .selectFrom("issue_hash")
      .select(["hash", "issue_id"])
      .where("project_id", "=", projectId)
      .where("hash", "in", some)
      .execute();
    for (const row of rows) known.set(row.hash, row.issue_id);
  }
  return known;
}

function findIssue(issueOfHash: ReadonlyMap<string, number>, hashes: readonly string[]): number | undefined {
  for (const hash of hashes) {
    const id = issueOfHash.get(hash);
    if (id !== undefined) return id;
  }
  return undefined;
}

function issueIdOf(issueOfHash: ReadonlyMap<string, number>, hashes: readonly string[]): number {
  const id = findIssue(issueOfHash, hashes);
  if (id === undefined) throw new Error(`no issue was made for hash ${hashes[0]}`);
  return id;
}

/** Makes one issue for each group of unknown hashes and adds the hashes to the map. */
async function createMissing(
  trx: Meta,
  { projectId, events, now }: ProjectPart,
  issueOfHash: Map<string, number>,
): Promise<Map<number, IssueRow>> {
  const firsts: PreparedEvent[] = [];
  const claimed = new Set<string>();
  for (const prepared of events) {
    const { hashes } = prepared.grouping;
    if (findIssue(issueOfHash, hashes) !== undefined || hashes.some((hash) => claimed.has(hash))) continue;
    for (const hash of hashes) claimed.add(hash);
    firsts.push(prepared);
  }
  const created = new Map<number, IssueRow>();
  if (firsts.length === 0) return created;
  let shortId = await reserveShortIds(trx, projectId, firsts.length);
  for (const prepared of firsts) {
    const values = newIssue(prepared, { projectId, shortId: shortId++, now });
    const row = await trx.insertInto("issue").values(values).returningAll().executeTakeFirstOrThrow();
    created.set(row.id, row);
    for (const hash of prepared.grouping.hashes) issueOfHash.set(hash, row.id);
    await insertHashes(trx, [prepared], { projectId, issueOfHash, now });
  }
  return created;
}

async function reserveShortIds(trx: Meta, projectId: number, count: number): Promise<number> {
  const { next_short_id: next } = await trx
    .updateTable("project")
    .set((eb) => ({ next_short_id: eb("next_short_id", "+", count) }))
    .where("id", "=", projectId)
    .returning("next_short_id")
    .executeTakeFirstOrThrow();
  return next - count;
}

function newIssue(
  prepared: PreparedEvent,
  { projectId, shortId, now }: { projectId: number; shortId: number; now: number },
) {
  const { level, title, timestamp: at } = prepared;
  return {
    project_id: projectId,
    short_id: shortId,
    title: title.title,
    culprit: title.culprit,
    type: prepared.type,
    category: "error",
    level,
    platform: prepared.platform,
    metadata: JSON.stringify({
      type: title.type,
      value: title.value,
      filename: title.filename,
      function: title.function,
    }),
    status: "unresolved" as const,
    substatus: "new",
    status_details: "{}",
    status_at: now,
    priority: priorityOfLevel(level),
    priority_locked_at: null,
    handled: prepared.handled,
    first_seen: at,
    last_seen: at,
    times_seen: 0,
    first_release: prepared.release || null,
    last_release: prepared.release || null,
    assignee: null,
    num_comments: 0,
    created_at: now,
    last_event_id: prepared.eventId,
  };
}

/** Hashes of events whose issue was found by another hash. */
async function joinNewHashes(
  trx: Meta,
  { projectId, events, now }: ProjectPart,
  issueOfHash: Map<string, number>,
) {
  const joining = events.filter(({ grouping }) => grouping.hashes.some((hash) => !issueOfHash.has(hash)));
  for (const { grouping } of joining) {
    const id = issueIdOf(issueOfHash, grouping.hashes);
    for (const hash of grouping.hashes) if (!issueOfHash.has(hash)) issueOfHash.set(hash, id);
  }
  if (joining.length > 0) await insertHashes(trx, joining, { projectId, issueOfHash, now });
}

async function insertHashes(
  trx: Meta,
  events: readonly PreparedEvent[],
  {
    projectId,
    issueOfHash,
    now,
  }: { projectId: number; issueOfHash: ReadonlyMap<string, number>; now: number },
): Promise<void> {
  const rows = events.flatMap(({ grouping }) =>
    grouping.hashes.map((hash) => ({
      project_id: projectId,
      hash,
      issue_id: issueOfHash.get(hash) as number,
      algorithm: grouping.explanation.algorithm,
      explanation: JSON.stringify(grouping.explanation),
      created_at: now,
    })),
  );
  for (const some of chunks(rows)) {
    await trx
      .insertInto("issue_hash")
      .values(some)
      .onConflict((conflict) => conflict.columns(["project_id", "hash"]).doNothing())
      .execute();
  }
}
