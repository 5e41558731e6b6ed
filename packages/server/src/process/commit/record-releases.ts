import type { Meta } from "../../store/port.js";
import type { PreparedEvent } from "../prepare/prepared.js";
import { groupBy } from "./chunks.js";
import type { IssueBatch } from "./issue-batch.js";

/** Keeps releases and environments known, made from the events that name them. */
export async function recordReleases(
  trx: Meta,
  batches: readonly IssueBatch[],
  { organizationId, now }: { organizationId: number; now: number },
): Promise<void> {
  const events = batches.flatMap((batch) => batch.events);
  await recordEnvironments(trx, events, now);
  const byRelease = groupBy(
    events.filter(({ release }) => release !== ""),
    ({ release }) => release,
  );
  for (const [version, ofRelease] of byRelease) {
    const releaseId = await touchRelease(trx, { organizationId, version, events: ofRelease, now });
    for (const [projectId, ofProject] of groupBy(ofRelease, ({ record }) => record.item.projectId)) {
      const newIssues = batches.filter(
        ({ isNew, issue }) => isNew && issue.project_id === projectId && issue.first_release === version,
      ).length;
      await touchReleaseProject(trx, { releaseId, projectId, events: ofProject, newIssues });
    }
  }
}

async function recordEnvironments(trx: Meta, events: readonly PreparedEvent[], now: number): Promise<void> {
  const pairs = new Map(
    events.map(({ record, environment }) => [
      `${record.item.projectId}/${environment}`,
      { project_id: record.item.projectId, name: environment, first_seen: now },
    ]),
  );
  const values = [...pairs.values()].filter(({ name }) => name !== "");
  if (values.length === 0) return;
  await trx
    .insertInto("environment")
    .values(values)
    .onConflict((conflict) => conflict.columns(["project_id", "name"]).doNothing())
    .execute();
}

interface ReleaseSighting {
  readonly organizationId: number;
  readonly version: string;
  readonly events: readonly PreparedEvent[];
  readonly now: number;
}

function span(events: readonly PreparedEvent[]): { first: number; last: number } {
  const times = events.map(({ timestamp }) => timestamp);
  return { first: Math.min(...times), last: Math.max(...times) };
}

async function touchRelease(
  trx: Meta,
  { organizationId, version, events, now }: ReleaseSighting,
): Promise<number> {
  const { first, last } = span(events);
  const known = await trx
    .selectFrom("release")
    .select(["id", "first_event_at", "last_event_at"])
    .where("organization_id", "=", organizationId)
    .where("version", "=", version)
    .executeTakeFirst();
  if (!known) {
    const row = await trx
      .insertInto("release")
      .values({
        organization_id: organizationId,
        version,
        created_at: now,
        released_at: null,
        first_event_at: first,
        last_event_at: last,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return row.id;
  }
  await trx
    .updateTable("release")
    .set({
      first_event_at: Math.min(known.first_event_at ?? first, first),
      last_event_at: Math.max(known.last_event_at ?? last, last),
    })
    .where("id", "=", known.id)
    .execute();
  return known.id;
}

interface ReleaseProjectSighting {
  readonly releaseId: number;
  readonly projectId: number;
  readonly events: readonly PreparedEvent[];
  readonly newIssues: number;
}

async function touchReleaseProject(trx: Meta, sighting: ReleaseProjectSighting): Promise<void> {
  const { first, last } = span(sighting.events);
  await trx
    .insertInto("release_project")
    .values({
      release_id: sighting.releaseId,
      project_id: sighting.projectId,
      new_issues: sighting.newIssues,
      first_event_at: first,
      last_event_at: last,
    })
    .onConflict((conflict) =>
      conflict.columns(["release_id", "project_id"]).doUpdateSet((eb) => ({
        new_issues: eb("release_project.new_issues", "+", eb.ref("excluded.new_issues")),
        last_event_at: eb
          .case()
          .when("excluded.last_event_at", ">", eb.ref("release_project.last_event_at"))
          .then(eb.ref("excluded.last_event_at"))
          .else(eb.ref("release_project.last_event_at"))
          .end(),
      })),
    )
    .execute();
}
