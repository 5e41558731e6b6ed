import { parseRelease } from "../../domain/release-order.js";
import { isoTime } from "../http/iso-time.js";
import type { ReleaseRow } from "./read-releases.js";

const hashLength = 12;

/** A release (web API sheet 9). What Vedette does not keep (commits, deploys, health) is null or empty. */
export function releaseJson({ release, projects }: ReleaseRow) {
  return {
    id: release.id,
    version: release.version,
    shortVersion: shortVersion(release.version),
    versionInfo: versionInfo(release.version),
    status: "open",
    ref: null,
    url: null,
    owner: null,
    dateCreated: isoTime(release.created_at),
    dateReleased: isoTime(release.released_at),
    dateStarted: null,
    firstEvent: isoTime(release.first_event_at),
    lastEvent: isoTime(release.last_event_at),
    newGroups: projects.reduce((sum, project) => sum + project.new_issues, 0),
    lastCommit: null,
    lastDeploy: null,
    commitCount: 0,
    deployCount: 0,
    authors: [],
    data: {},
    userAgent: null,
    projects: projects.map((project) => ({
      id: project.id,
      slug: project.slug,
      name: project.name,
      platform: project.platform,
      platforms: project.platform === null ? [] : [project.platform],
      hasHealthData: false,
      newGroups: project.new_issues,
    })),
  };
}

/** The part of a version worth reading: without its package, and of a commit hash the beginning. */
export function shortVersion(version: string): string {
  const bare = version.slice(version.lastIndexOf("@") + 1) || version;
  return /^[0-9a-f]{40}$/i.test(bare) ? bare.slice(0, hashLength) : bare;
}

function versionInfo(version: string) {
  const parsed = parseRelease(version);
  const at = version.lastIndexOf("@");
  const raw = version.slice(at + 1);
  const isHash = /^[0-9a-f]{12,40}$/i.test(raw);
  const [major, minor, patch] = parsed?.numbers ?? [];
  return {
    package: at > 0 ? version.slice(0, at) : null,
    version: parsed
      ? {
          raw,
          major,
          minor: minor ?? 0,
          patch: patch ?? 0,
          pre: parsed.prerelease || null,
          buildCode: parsed.build || null,
          components: parsed.numbers.length,
        }
      : { raw },
    buildHash: isHash ? raw : null,
    description: shortVersion(version),
  };
}
