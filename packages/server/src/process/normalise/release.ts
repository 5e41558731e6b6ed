import type { Fields } from "./fields.js";
import { textLimits } from "./text-limit.js";

const BAD_RELEASE = /[\r\n\t\f/\\]/;
const BAD_RELEASE_NAMES: ReadonlySet<string> = new Set([".", "..", "latest"]);
const DIST = /^[a-zA-Z0-9_.-]+$/;
const BAD_ENVIRONMENT = /[\r\n\f/]/;

/** Which build of the program the event comes from, and where it ran. */
export interface ReleaseFields {
  readonly release: string | undefined;
  readonly dist: string | undefined;
  readonly environment: string | undefined;
}

/**
 * Reads release, dist and environment (ingest sheet 6.1). What cannot serve as a name in paths is dropped and noted.
 *
 * @param tagEnvironment value of the tag `environment`, which serves when the event has no environment of its own
 */
export function normaliseRelease(event: Fields, tagEnvironment: string | undefined): ReleaseFields {
  return {
    release: readRelease(event),
    dist: readDist(event),
    environment: readEnvironment(event, tagEnvironment),
  };
}

/** True for text which may name an environment: not `none`, no slash, no line break. */
function isEnvironment(text: string): boolean {
  return text !== "none" && !BAD_ENVIRONMENT.test(text);
}

function readRelease(event: Fields): string | undefined {
  const release = event.trimmed("release", textLimits.name200);
  if (release === undefined || (!BAD_RELEASE.test(release) && !BAD_RELEASE_NAMES.has(release)))
    return release;
  event.place.at("release").invalid("not a release name", release);
  return undefined;
}

function readDist(event: Fields): string | undefined {
  const dist = event.trimmed("dist", textLimits.name256);
  if (dist === undefined || (dist.length <= textLimits.name64.max && DIST.test(dist))) return dist;
  event.place.at("dist").invalid("not a distribution name", dist);
  return undefined;
}

function readEnvironment(event: Fields, tagEnvironment: string | undefined): string | undefined {
  const own = event.trimmed("environment", textLimits.name64);
  const environment = own ?? tagEnvironment?.slice(0, textLimits.name64.max);
  if (environment === undefined || isEnvironment(environment)) return environment;
  event.place.at("environment").invalid("not an environment name", environment);
  return undefined;
}
