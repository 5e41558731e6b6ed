import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { createRule } from "../../actions/alerts/create-rule.js";
import { deleteRule } from "../../actions/alerts/delete-rule.js";
import { findRule } from "../../actions/alerts/find-rule.js";
import { updateRule } from "../../actions/alerts/update-rule.js";
import { noContent } from "../http/no-content.js";
import type { ApiPorts } from "../http/ports.js";
import { alertsUrl, requireAlerts } from "./alert-request.js";
import type { ItemPath, OrganizationPath } from "./alert-request.js";
import { rulesJson } from "./rule-json.js";

const newRuleSchema = z.strictObject({
  name: z.string(),
  definition: z.unknown(),
  enabled: z.boolean().optional(),
});
const ruleChangeSchema = z.strictObject({
  name: z.string().optional(),
  definition: z.unknown().optional(),
  enabled: z.boolean().optional(),
});

/** `…/alerts/rules/` and `…/alerts/rules/{id or slug}/`. */
export function registerRules(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;
  const url = `${alertsUrl}/rules/`;

  scope.get<OrganizationPath>(url, async (request) => {
    const { organizationId } = await requireAlerts(meta, request, "read");
    const rows = await meta
      .selectFrom("rule")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .orderBy("name")
      .orderBy("id")
      .execute();
    return rulesJson(ports, organizationId, rows);
  });

  scope.post<OrganizationPath>(url, async (request, reply) => {
    const caller = await requireAlerts(meta, request, "write");
    const { name, definition, enabled } = newRuleSchema.parse(request.body);
    const input = { name, definition, ...(enabled === undefined ? {} : { enabled }) };
    const row = await createRule(ports, caller, input);
    ports.wake("alert");
    const [rule] = await rulesJson(ports, caller.organizationId, [row]);
    return reply.code(201).send(rule);
  });

  scope.get<ItemPath>(`${url}:item/`, async (request) => {
    const { organizationId } = await requireAlerts(meta, request, "read");
    const row = await findRule(meta, organizationId, request.params.item);
    const [rule] = await rulesJson(ports, organizationId, [row]);
    return rule;
  });

  scope.put<ItemPath>(`${url}:item/`, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    const { name, definition, enabled } = ruleChangeSchema.parse(request.body);
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(definition === undefined ? {} : { definition }),
      ...(enabled === undefined ? {} : { enabled }),
    };
    const row = await updateRule(ports, caller, { idOrSlug: request.params.item, change });
    ports.wake("alert");
    const [rule] = await rulesJson(ports, caller.organizationId, [row]);
    return rule;
  });

  scope.delete<ItemPath>(`${url}:item/`, async (request, reply) => {
    const caller = await requireAlerts(meta, request, "write");
    await deleteRule(ports, caller, request.params.item);
    return noContent(reply);
  });
}
