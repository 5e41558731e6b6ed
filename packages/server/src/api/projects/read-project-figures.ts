import { EventStoreError } from "../../store/events/event-store-error.js";
import type { Meta } from "../../store/port.js";
import type { ApiPorts } from "../http/ports.js";

/** What changes by itself in a project. */
export interface ProjectFigures {
  readonly environments: readonly string[];
  readonly latestRelease: { readonly version: string } | null;
  readonly unresolvedCount: number;
  /** Events of the last 24 hours: epoch seconds at which an hour begins, and their number; empty when unknown. */
  readonly stats24h: readonly (readonly [number, number])[];
}

const hourS = 3_600;
const hours = 24;

/** Figures of projects, by id: four queries, however many projects there are. */
export async function readProjectFigures(
  ports: ApiPorts,
  projectIds: readonly number[],
): Promise<ReadonlyMap<number, ProjectFigures>> {
  if (projectIds.length === 0) return new Map();
  const [environments, releases, unresolved, counts] = await Promise.all([
    readEnvironments(ports.meta, projectIds),
    readLatestReleases(ports.meta, projectIds),
    readUnresolved(ports.meta, projectIds),
    readHourlyCounts(ports, projectIds),
  ]);
  const figuresOf = (id: number): ProjectFigures => ({
    environments: environments.filter((row) => row.project_id === id).map((row) => row.name),
    latestRelease: releases.get(id) ?? null,
    unresolvedCount: Number(unresolved.find((row) => row.project_id === id)?.issues ?? 0),
    stats24h: counts(id),
  });
  return new Map(projectIds.map((id) => [id, figuresOf(id)]));
}

function readEnvironments(meta: Meta, projectIds: readonly number[]) {
  return meta
    .selectFrom("environment")
    .select(["project_id", "name"])
    .where("project_id", "in", projectIds)
    .orderBy("name")
    .execute();
}

async function readLatestReleases(
  meta: Meta,
  projectIds: readonly number[],
): Promise<ReadonlyMap<number, { version: string }>> {
  const newest = meta
    .selectFrom("release_project")
    .select((eb) => ["project_id", eb.fn.max("release_id").as("release_id")])
    .where("project_id", "in", projectIds)
    .groupBy("project_id")
    .as("newest");
  const rows = await meta
    .selectFrom(newest)
    .innerJoin("release", "release.id", "newest.release_id")
    .select(["newest.project_id", "release.version"])
    .execute();
  return new Map(rows.map(({ project_id, version }) => [project_id, { version }]));
}

function readUnresolved(meta: Meta, projectIds: readonly number[]) {
  return meta
    .selectFrom("issue")
    .select((eb) => ["project_id", eb.fn.countAll().as("issues")])
    .where("project_id", "in", projectIds)
    .where("status", "=", "unresolved")
    .groupBy("project_id")
    .execute();
}

async function readHourlyCounts(ports: ApiPorts, projectIds: readonly number[]) {
  const lastHour = Math.floor(ports.now() / 1000 / hourS) * hourS;
  const from = lastHour - (hours - 1) * hourS;
  const rows = await askForHours(ports, { projectIds, from });
  if (rows === null) return () => [];
  const counts = new Map(rows.map((row) => [`${row.project}:${row.at}`, row.total]));
  return (id: number) =>
    Array.from({ length: hours }, (_unused, index) => {
      const at = from + index * hourS;
      return [at, counts.get(`${id}:${at}`) ?? 0] as const;
    });
}

/** Null while events cannot be read: projects are listed and made all the same. */
async function askForHours(
  { events, log }: ApiPorts,
  params: { projectIds: readonly number[]; from: number },
): Promise<readonly { project: number; at: number; total: number }[] | null> {
  try {
    return await events.query(
      `SELECT project_id AS project, toUnixTimestamp(hour) AS at, sum(events) AS total
      FROM event_counts
      WHERE project_id IN {projectIds:Array(UInt64)} AND hour >= toDateTime({from:UInt32}, 'UTC')
      GROUP BY project, at`,
      params,
    );
  } catch (error) {
    if (!(error instanceof EventStoreError) || !error.retryable) throw error;
    log.warn({ err: error }, "projects are listed without their event counts");
    return null;
  }
}
