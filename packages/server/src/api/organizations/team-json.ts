import { isoTime } from "../http/iso-time.js";
import type { OrganizationRow } from "../http/scope-lookup.js";

/** The one team of an organisation, as projects name it. */
export function teamReference(organization: Pick<OrganizationRow, "id" | "slug" | "name">) {
  return { id: String(organization.id), slug: organization.slug, name: organization.name };
}

/** The one team of an organisation (web API sheet 9). */
export function teamJson(organization: OrganizationRow, memberCount: number) {
  return {
    ...teamReference(organization),
    dateCreated: isoTime(organization.created_at),
    isMember: true,
    teamRole: null,
    flags: { "idp:provisioned": false },
    access: [],
    hasAccess: true,
    isPending: false,
    memberCount,
    avatar: { avatarType: "letter_avatar", avatarUuid: null },
  };
}
