import type { FastifyInstance } from "fastify";
import { findRule } from "../../actions/alerts/find-rule.js";
import type { Meta } from "../../store/port.js";
import type { ApiPorts } from "../http/ports.js";
import { sendPage } from "../http/send-page.js";
import type { PageBounds } from "../http/send-page.js";
import { readTimeRange } from "../http/time-range.js";
import { alertsUrl, requireAlerts } from "./alert-request.js";
import type { ItemPath, OrganizationPath } from "./alert-request.js";
import { historyJson } from "./history-json.js";
import type { HistoryRow } from "./history-json.js";
import { readRuleStats } from "./read-rule-stats.js";

/** What rules did: of one rule, of all, and how often. */
export function registerHistory(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta, now, publicUrl } = ports;

  scope.get<OrganizationPath>(`${alertsUrl}/history/`, async (request, reply) => {
    const { organizationId } = await requireAlerts(meta, request, "read");
    const rows = await sendPage({ request, reply, publicUrl }, (bounds) =>
      readHistory(meta, { organizationId, ruleId: null }, bounds),
    );
    return historyJson(meta, rows);
  });

  scope.get<ItemPath>(`${alertsUrl}/rules/:item/history/`, async (request, reply) => {
    const { organizationId } = await requireAlerts(meta, request, "read");
    const { id: ruleId } = await findRule(meta, organizationId, request.params.item);
    const rows = await sendPage({ request, reply, publicUrl }, (bounds) =>
      readHistory(meta, { organizationId, ruleId }, bounds),
    );
    return historyJson(meta, rows);
  });

  scope.get<ItemPath & { Querystring: Readonly<Record<string, unknown>> }>(
    `${alertsUrl}/rules/:item/stats/`,
    async (request) => {
      const { organizationId } = await requireAlerts(meta, request, "read");
      const { id } = await findRule(meta, organizationId, request.params.item);
      const range = readTimeRange(request.query, { now: now(), fallback: "14d" });
      return { buckets: await readRuleStats(meta, id, range) };
    },
  );
}

async function readHistory(
  meta: Meta,
  { organizationId, ruleId }: { organizationId: number; ruleId: number | null },
  { offset, limit }: PageBounds,
): Promise<readonly HistoryRow[]> {
  let query = meta
    .selectFrom("rule_history")
    .innerJoin("rule", "rule.id", "rule_history.rule_id")
    .selectAll("rule_history")
    .select("rule.name as rule_name")
    .where("rule.organization_id", "=", organizationId);
  if (ruleId !== null) query = query.where("rule_history.rule_id", "=", ruleId);
  return query
    .orderBy("rule_history.at", "desc")
    .orderBy("rule_history.id", "desc")
    .offset(offset)
    .limit(limit)
    .execute();
}
