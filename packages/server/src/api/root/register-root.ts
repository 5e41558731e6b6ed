import { createRequire } from "node:module";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { needsPasswordChange } from "../auth/create-auth.js";
import { requireCaller } from "../http/caller.js";
import type { Caller } from "../http/caller.js";
import type { ApiPorts } from "../http/ports.js";
import { findOrganization } from "../http/scope-lookup.js";

const { version: serverVersion } = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)("../../../package.json"));

/** Who asks, and what the server is: `/`, `/auth/`, `/internal/health/`. */
export function registerRoot(scope: FastifyInstance, { meta, publicUrl }: ApiPorts): void {
  scope.get("/", async (request) => {
    const caller = requireCaller(request);
    const { id, slug, name } = await findOrganization(meta, caller, caller.organizationSlug);
    return {
      version: "0",
      auth: { scopes: [...caller.scopes] },
      user: userOf(caller),
      organization: { id: String(id), slug, name },
      role: caller.role,
      needsPasswordChange:
        caller.kind === "session" &&
        caller.userId !== null &&
        (await needsPasswordChange(meta, caller.userId)),
      serverVersion,
      publicUrl,
    };
  });

  // `whoami` of @sentry/mcp-server wants a user in any case; an organisation's token speaks for the organisation.
  scope.get("/auth/", async (request) => {
    const caller = requireCaller(request);
    return (
      userOf(caller) ?? {
        id: `organization:${caller.organizationId}`,
        name: caller.organizationSlug,
        email: "",
      }
    );
  });

  // The Terraform provider's health check.
  scope.get("/internal/health/", async (request) => {
    requireCaller(request);
    return { healthy: true };
  });
}

function userOf({ userId, email, name }: Caller) {
  return userId === null ? null : { id: userId, email: email ?? "", name: name ?? "" };
}
