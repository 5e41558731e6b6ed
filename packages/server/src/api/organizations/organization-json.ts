import { isoTime } from "../http/iso-time.js";
import type { Caller } from "../http/caller.js";
import type { OrganizationRow } from "../http/scope-lookup.js";
import type { Person } from "../auth/people.js";
import { roleList } from "./role-list.js";

/** An organisation as lists show it (web API sheet 9). */
export function organizationJson(row: OrganizationRow, publicUrl: string) {
  return {
    id: String(row.id),
    slug: row.slug,
    name: row.name,
    status: { id: "active", name: "active" },
    dateCreated: isoTime(row.created_at),
    isEarlyAdopter: false,
    require2FA: false,
    requireEmailVerification: false,
    avatar: { avatarType: "letter_avatar", avatarUuid: null, avatarUrl: null },
    features: [],
    // An empty regionUrl leaves clients at the address they were given.
    links: { organizationUrl: `${publicUrl}/organizations/${row.slug}`, regionUrl: "" },
    hasAuthProvider: false,
    allowMemberInvite: false,
    allowMemberProjectCreation: false,
    allowSuperuserAccess: false,
  };
}

/** An organisation with what only its own page needs. */
export function organizationDetailJson(
  row: OrganizationRow,
  { publicUrl, caller, stoppedBy }: { publicUrl: string; caller: Caller; stoppedBy: Person | null },
) {
  return {
    ...organizationJson(row, publicUrl),
    access: [...caller.scopes],
    orgRoleList: roleList,
    teamRoleList: [],
    alertsStoppedAt: isoTime(row.alerts_stopped_at),
    alertsStoppedBy: stoppedBy ?? row.alerts_stopped_by,
  };
}
