import { scopes } from "../../domain/scope.js";
import type { Role } from "../http/caller.js";
import type { Scope } from "../../domain/scope.js";

const reading: readonly Scope[] = [
  "org:read",
  "member:read",
  "project:read",
  "team:read",
  "event:read",
  "alerts:read",
];
const working: readonly Scope[] = [...reading, "event:write", "project:releases", "alerts:write"];
const administering: readonly Scope[] = [
  ...working,
  "event:admin",
  "project:write",
  "project:admin",
  "team:write",
  "org:ci",
];

/**
 * What each role may do. A member works on issues and alerts; an admin also on projects; a manager also on
 * the organisation and its people; an owner on all.
 */
const scopesByRole: Readonly<Record<Role, readonly Scope[]>> = {
  member: working,
  admin: administering,
  manager: scopes.filter((scope) => scope !== "org:admin"),
  owner: scopes,
};

/** The scopes of a person's role. */
export function scopesOfRole(role: Role): ReadonlySet<Scope> {
  return new Set(scopesByRole[role]);
}

/** The scopes of a token, without those we do not know. */
export function scopesOfToken(text: string): ReadonlySet<Scope> {
  const listed: unknown = JSON.parse(text);
  return new Set(Array.isArray(listed) ? scopes.filter((scope) => listed.includes(scope)) : []);
}
