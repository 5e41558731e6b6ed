/** Scopes of Sentry's tokens that Vedette knows (web API sheet 1.1). */
export const scopes = [
  "org:read",
  "org:write",
  "org:admin",
  "org:ci",
  "member:read",
  "member:admin",
  "project:read",
  "project:write",
  "project:admin",
  "project:releases",
  "team:read",
  "team:write",
  "event:read",
  "event:write",
  "event:admin",
  "alerts:read",
  "alerts:write",
] as const;
export type Scope = (typeof scopes)[number];
