import { compareReleaseNames } from "../../domain/release-order.js";
import type { EventStore, Meta } from "../../store/port.js";

/** A release and when its first event came, milliseconds since 1970. */
export interface SeenRelease {
  readonly version: string;
  readonly firstSeen: number;
}

/** The newest by version where both names tell, else by first event; null for an empty list. */
export function newestRelease(releases: Iterable<SeenRelease>): string | null {
  let newest: SeenRelease | null = null;
  for (const release of releases) {
    if (newest === null || isNewer(release, newest)) newest = release;
  }
  return newest?.version ?? null;
}

function isNewer(one: SeenRelease, other: SeenRelease): boolean {
  return (compareReleaseNames(one.version, other.version) ?? one.firstSeen - other.firstSeen) > 0;
}

/**
 * Releases seen in a project. With environments, those seen in one of them, which only the event store knows.
 *
 * @param environments null for the whole project
 * @throws EventStoreError
 */
export async function readReleases(
  { meta, events }: { meta: Meta; events: EventStore },
  projectId: number,
  environments: readonly string[] | null,
): Promise<readonly SeenRelease[]> {
  if (environments !== null) {
    return events.query<SeenRelease>(
      `SELECT release AS version, toUnixTimestamp64Milli(min(first_seen)) AS firstSeen FROM event_counts
       WHERE project_id = {project:UInt64} AND environment IN {environments:Array(String)} AND release != ''
       GROUP BY release`,
      { project: projectId, environments },
    );
  }
  const rows = await meta
    .selectFrom("release_project")
    .innerJoin("release", "release.id", "release_project.release_id")
    .select(["release.version", "release_project.first_event_at"])
    .where("release_project.project_id", "=", projectId)
    .execute();
  return rows.map((row) => ({ version: row.version, firstSeen: row.first_event_at }));
}

const keptForMs = 10_000;

/** Remembers the newest release for ten seconds, or until an event names a release it does not know. */
export class ReleaseBook {
  readonly #ports: { meta: Meta; events: EventStore };
  readonly #known = new Map<
    string,
    { readAt: number; versions: ReadonlySet<string>; newest: string | null }
  >();

  constructor(ports: { meta: Meta; events: EventStore }) {
    this.#ports = ports;
  }

  /**
   * @param mentioned releases of the events at hand
   * @throws EventStoreError
   */
  async newest(
    { projectId, environments }: { projectId: number; environments: readonly string[] | null },
    mentioned: Iterable<string>,
    now: number,
  ): Promise<string | null> {
    const key = JSON.stringify([projectId, environments]);
    const known = this.#known.get(key);
    const isFresh = known !== undefined && now - known.readAt < keptForMs;
    if (isFresh && [...mentioned].every((version) => version === "" || known.versions.has(version))) {
      return known.newest;
    }
    const releases = await readReleases(this.#ports, projectId, environments);
    const newest = newestRelease(releases);
    this.#known.set(key, { readAt: now, versions: new Set(releases.map(({ version }) => version)), newest });
    return newest;
  }
}
