import type { FastifyInstance } from "fastify";
import type { ApiPorts } from "../http/ports.js";
import { requireScope } from "../http/caller.js";
import { findProject } from "../http/scope-lookup.js";
import { projectsOf, storedDefinition } from "./rule-json.js";
import { sentryRuleJson } from "./sentry-rule-json.js";

interface ProjectPath {
  Params: { organization: string; project: string };
}

/** `/projects/{o}/{p}/rules/`: the project's rules in Sentry's shape, for tools that only read (web API sheet 10). */
export function registerSentryRules(scope: FastifyInstance, { meta, now }: ApiPorts): void {
  scope.get<ProjectPath>("/projects/:organization/:project/rules/", async (request) => {
    const caller = requireScope(request, "alerts:read");
    const project = await findProject(meta, caller, request.params);
    const rows = await meta
      .selectFrom("rule")
      .selectAll()
      .where("organization_id", "=", caller.organizationId)
      .orderBy("id")
      .execute();
    return rows
      .map((row) => ({ row, definition: storedDefinition(row) }))
      .filter(({ definition }) => projectsOf(definition, new Set([project.slug])).length > 0)
      .map(({ row, definition }) => sentryRuleJson({ row, definition, project: project.slug, now: now() }));
  });
}
