import type { Caller } from "../http/caller.js";
import { isoTime } from "../http/iso-time.js";
import type { OrganizationRow, ProjectRow } from "../http/scope-lookup.js";
import { teamReference } from "../organizations/team-json.js";
import type { ProjectFigures } from "./read-project-figures.js";

/** A project as lists show it (web API sheet 9), with our `stats24h` and `unresolvedCount`. */
export function projectJson(
  row: ProjectRow,
  about: { organization: OrganizationRow; caller: Caller; figures: ProjectFigures | undefined },
) {
  const team = teamReference(about.organization);
  return {
    id: String(row.id),
    slug: row.slug,
    name: row.name,
    platform: row.platform,
    dateCreated: isoTime(row.created_at),
    firstEvent: isoTime(row.first_event_at),
    firstTransactionEvent: false,
    status: row.status,
    color: "#3b5bdb",
    isMember: true,
    hasAccess: true,
    isBookmarked: false,
    isPublic: false,
    isInternal: false,
    features: [],
    access: [...about.caller.scopes],
    team,
    teams: [team],
    avatar: { avatarType: "letter_avatar", avatarUuid: null },
    platforms: row.platform === null ? [] : [row.platform],
    hasReplays: false,
    hasProfiles: false,
    hasMonitors: false,
    hasSessions: false,
    hasLogs: false,
    hasFeedbacks: false,
    hasMinifiedStackTrace: false,
    environments: about.figures?.environments ?? [],
    latestRelease: about.figures?.latestRelease ?? null,
    unresolvedCount: about.figures?.unresolvedCount ?? 0,
    stats24h: about.figures?.stats24h ?? [],
  };
}
