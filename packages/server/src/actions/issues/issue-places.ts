import type { Meta } from "../../store/port.js";

/** Where and when an issue was seen; the release is empty where the event named none. */
export interface Place {
  readonly environment: string;
  readonly release: string;
  /** Milliseconds since 1970. */
  readonly first_seen: number;
  readonly last_seen: number;
  readonly times_seen: number;
}

/** Rows of one statement, well below the databases' limits on parameters. */
const rowsPerStatement = 500;

/** Joins places of the same name: figures are added, times span all of them. */
function joinPlaces(places: readonly Place[], keyOf: (place: Place) => string): readonly Place[] {
  const joined = new Map<string, Place>();
  for (const place of places) {
    const key = keyOf(place);
    const known = joined.get(key);
    joined.set(
      key,
      known
        ? {
            ...known,
            first_seen: Math.min(known.first_seen, place.first_seen),
            last_seen: Math.max(known.last_seen, place.last_seen),
            times_seen: known.times_seen + place.times_seen,
          }
        : place,
    );
  }
  return [...joined.values()];
}

/** Replaces what is kept of an issue per environment. */
export async function writeEnvironments(trx: Meta, issueId: number, places: readonly Place[]): Promise<void> {
  await trx.deleteFrom("issue_environment").where("issue_id", "=", issueId).execute();
  const rows = joinPlaces(places, ({ environment }) => environment).map((place) => ({
    issue_id: issueId,
    environment: place.environment,
    first_seen: place.first_seen,
    last_seen: place.last_seen,
    times_seen: place.times_seen,
  }));
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await trx
      .insertInto("issue_environment")
      .values(rows.slice(start, start + rowsPerStatement))
      .execute();
  }
}

/** Replaces what is kept of an issue per release and environment. */
export async function writeReleases(trx: Meta, issueId: number, places: readonly Place[]): Promise<void> {
  await trx.deleteFrom("issue_release").where("issue_id", "=", issueId).execute();
  const named = places.filter(({ release }) => release !== "");
  const rows = joinPlaces(named, ({ release, environment }) => JSON.stringify([release, environment])).map(
    (place) => ({ issue_id: issueId, ...place }),
  );
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await trx
      .insertInto("issue_release")
      .values(rows.slice(start, start + rowsPerStatement))
      .execute();
  }
}

/** What is kept of the issues per environment. */
export async function readEnvironments(trx: Meta, issueIds: readonly number[]): Promise<readonly Place[]> {
  const rows = await trx
    .selectFrom("issue_environment")
    .select(["environment", "first_seen", "last_seen", "times_seen"])
    .where("issue_id", "in", issueIds)
    .execute();
  return rows.map((row) => ({ ...row, release: "" }));
}

/** What is kept of the issues per release and environment. */
export async function readReleases(trx: Meta, issueIds: readonly number[]): Promise<readonly Place[]> {
  return trx
    .selectFrom("issue_release")
    .select(["environment", "release", "first_seen", "last_seen", "times_seen"])
    .where("issue_id", "in", issueIds)
    .execute();
}
