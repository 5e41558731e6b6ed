import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findRule } from "../../actions/alerts/find-rule.js";
import { snoozeRule } from "../../actions/alerts/snooze-rule.js";
import { testRule } from "../../actions/alerts/test-rule.js";
import { AppError } from "../../shared/app-error.js";
import { isoTime } from "../http/iso-time.js";
import type { ApiPorts } from "../http/ports.js";
import { alertsUrl, requireAlerts } from "./alert-request.js";
import type { ItemPath } from "./alert-request.js";
import { queuedTestJson } from "./notification-json.js";
import { rulesJson, storedDefinition } from "./rule-json.js";

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;
const longestBacktestDays = 90;

const snoozeSchema = z.union([
  z.strictObject({ until: z.iso.datetime({ offset: true }) }),
  z.strictObject({ durationMinutes: z.number().positive().max(525_600) }),
]);
const backtestSchema = z.strictObject({
  days: z.number().int().min(1).max(longestBacktestDays).default(14),
});

/** What can be done with a rule: mute it, test it, try it on the past. */
export function registerRuleDeeds(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta, now } = ports;
  const url = `${alertsUrl}/rules/:item`;

  scope.post<ItemPath>(`${url}/snooze/`, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    const until = readUntil(request.body, now());
    const row = await snoozeRule(ports, caller, { idOrSlug: request.params.item, until });
    const [rule] = await rulesJson(ports, caller.organizationId, [row]);
    return rule;
  });

  scope.delete<ItemPath>(`${url}/snooze/`, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    const row = await snoozeRule(ports, caller, { idOrSlug: request.params.item, until: null });
    const [rule] = await rulesJson(ports, caller.organizationId, [row]);
    return rule;
  });

  scope.post<ItemPath>(`${url}/test/`, async (request, reply) => {
    const caller = await requireAlerts(meta, request, "write");
    const queued = await testRule(ports, caller, request.params.item);
    ports.wake("notify");
    return reply.code(202).send({ notifications: queued.map(queuedTestJson) });
  });

  scope.post<ItemPath>(`${url}/backtest/`, async (request) => {
    const { organizationId } = await requireAlerts(meta, request, "read");
    const { days } = backtestSchema.parse(request.body ?? {});
    if (!ports.backtest) throw new AppError("unavailable", "This server cannot try rules on the past.");
    const row = await findRule(meta, organizationId, request.params.item);
    const range = { from: now() - days * dayMs, to: now() };
    const result = await ports.backtest({ organizationId, definition: storedDefinition(row) }, range);
    return {
      days,
      fired: result.fired,
      throttled: result.throttled,
      samples: result.samples.map((sample) => ({
        at: isoTime(sample.at),
        issueId: String(sample.issueId),
        title: sample.title,
      })),
      eventsRead: result.eventsRead,
      coveredTo: isoTime(result.coveredTo),
    };
  });
}

function readUntil(body: unknown, now: number): number {
  const parsed = snoozeSchema.safeParse(body);
  if (!parsed.success) {
    throw new AppError("invalid", "Say how long: {durationMinutes: 60} or {until: an ISO 8601 time}.");
  }
  if ("until" in parsed.data) return Date.parse(parsed.data.until);
  return Math.round(now + parsed.data.durationMinutes * minuteMs);
}
