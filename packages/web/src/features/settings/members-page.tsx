import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { membersQuery } from "../../api/organization.js";
import { Avatar } from "../../components/avatar.js";
import { Badge } from "../../components/badge.js";
import { LoadError } from "../../components/empty-state.js";
import { SettingsFrame } from "./settings-frame.js";

/** Who belongs to the organisation, and as what. */
export function MembersPage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/settings/members" });
  const members = useQuery(membersQuery(org));
  return (
    <SettingsFrame org={org} lead="Everybody here sees every project of the organisation.">
      {members.isError && <LoadError error={members.error} />}
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
        {members.data?.map((member) => (
          <li key={member.id} className="flex items-center gap-3 px-4 py-2.5">
            <Avatar name={member.name || member.email} size={28} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{member.name || member.email}</span>
              <span className="block truncate text-xs text-ink-3">{member.email}</span>
            </span>
            <Badge tone={member.orgRole === "owner" ? "accent" : "neutral"}>{member.orgRole}</Badge>
          </li>
        ))}
      </ul>
    </SettingsFrame>
  );
}
