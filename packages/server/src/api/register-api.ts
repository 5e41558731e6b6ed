import type { FastifyInstance } from "fastify";
import { registerAlerts } from "./alerts/register-alerts.js";
import { mountAuth } from "./auth/mount-auth.js";
import { accountsOf } from "./auth/create-auth.js";
import type { Auth } from "./auth/create-auth.js";
import { authenticateAll } from "./auth/authenticate-all.js";
import { handleApiError } from "./http/error-handler.js";
import { acceptEmptyJson } from "./http/json-body.js";
import { answerUnknownPaths } from "./http/not-found.js";
import type { ApiPorts } from "./http/ports.js";
import { setApiHeaders } from "./http/response-headers.js";
import { registerIssues } from "./issues/register-issues.js";
import { registerDeadLetters } from "./operations/register-dead-letters.js";
import { registerMembers } from "./organizations/register-members.js";
import { registerOrganizations } from "./organizations/register-organizations.js";
import { registerTeams } from "./organizations/register-teams.js";
import { registerKeys } from "./projects/register-keys.js";
import { registerProjects } from "./projects/register-projects.js";
import { registerReleases } from "./releases/register-releases.js";
import { registerRoot } from "./root/register-root.js";
import { registerStats } from "./stats/register-stats.js";
import { registerTags } from "./tags/register-tags.js";
import { registerTokens } from "./tokens/register-tokens.js";

/**
 * Adds the web API: `/api/auth/*` for signing in, `/api/0/*` for everything else, encapsulated, so that its errors, body
 * reading and headers touch nothing else of the app. Every path below `/api/0/` needs a caller.
 *
 * The app must be made with `ignoreTrailingSlash`: both slash forms are answered, never redirected (web API sheet 1).
 */
export async function registerApi(app: FastifyInstance, ports: ApiPorts, auth: Auth): Promise<void> {
  await app.register(async (scope) => {
    setApiHeaders(scope);
    scope.setErrorHandler(handleApiError);
    acceptEmptyJson(scope);
    mountAuth(scope, auth);
  });
  await app.register(
    async (scope) => {
      setApiHeaders(scope);
      scope.setErrorHandler(handleApiError);
      acceptEmptyJson(scope);
      authenticateAll(scope, { auth, meta: ports.meta, now: ports.now });
      answerUnknownPaths(scope);
      registerRoot(scope, ports);
      registerOrganizations(scope, ports);
      registerMembers(scope, { ...ports, accounts: accountsOf(auth, ports.meta) });
      registerTeams(scope, ports);
      registerProjects(scope, ports);
      registerKeys(scope, ports);
      registerReleases(scope, ports);
      registerStats(scope, ports);
      registerTags(scope, ports);
      registerTokens(scope, ports);
      registerDeadLetters(scope, ports);
      await registerIssues(scope, ports);
      await registerAlerts(scope, ports);
    },
    { prefix: "/api/0" },
  );
}
