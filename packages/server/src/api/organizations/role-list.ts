import { scopesOfRole } from "../auth/roles.js";
import type { Role } from "../http/caller.js";

const descriptions: Readonly<Record<Role, string>> = {
  member: "Works on issues and alerts.",
  admin: "Also makes and changes projects.",
  manager: "Also changes the organisation and its people.",
  owner: "May do everything, including adding and removing owners.",
};

/** The roles of an organisation, as the Terraform provider reads them (web API sheet 5). */
export const roleList = (["member", "admin", "manager", "owner"] as const).map((role) => ({
  id: role,
  name: role.charAt(0).toUpperCase() + role.slice(1),
  desc: descriptions[role],
  scopes: [...scopesOfRole(role)],
  allowed: true,
  isAllowed: true,
  isRetired: false,
  is_global: true,
  isGlobal: true,
  minimumTeamRole: "contributor",
  isTeamRolesAllowed: false,
}));
