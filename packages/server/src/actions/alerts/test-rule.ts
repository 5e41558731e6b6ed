import { ruleDefinitionSchema } from "../../domain/rule.js";
import type { RuleDefinition } from "../../domain/rule.js";
import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { appendTest } from "./append-test.js";
import type { QueuedTest } from "./append-test.js";
import { findRule } from "./find-rule.js";
import type { RuleRow } from "./find-rule.js";
import { samplePayload } from "./sample-payload.js";
import { readSampleProject } from "./sample-project.js";
import { recordAudit } from "../audit.js";

/**
 * Sends a marked test message to each channel of a rule, through the same outbox as real ones. Works for rules that are
 * off, muted or stopped: it tests the way, not the conditions (S0.7).
 *
 * @returns the notifications to watch
 * @throws AppError not_found, or invalid when none of the rule's channels exists
 */
export async function testRule(
  ports: AlertPorts,
  actor: Actor,
  idOrSlug: string,
): Promise<readonly QueuedTest[]> {
  const now = ports.now();
  return ports.meta.transaction().execute(async (trx) => {
    const rule = await findRule(trx, actor.organizationId, idOrSlug);
    const definition = ruleDefinitionSchema.parse(JSON.parse(rule.definition));
    const channels = await channelsOf(trx, actor.organizationId, definition);
    if (channels.size === 0) {
      throw new AppError("invalid", `No channel of the rule "${rule.name}" exists; choose one first.`);
    }
    const historyId = await recordTest(trx, rule, { now, userId: actor.userId });
    const queued: QueuedTest[] = [];
    for (const target of definition.notify) {
      const channel = channels.get(target.channel);
      if (!channel) continue;
      const payload = samplePayload({
        rule: { id: rule.id, name: rule.name, ...runbookAndOwner(definition) },
        ...(await readSampleProject(trx, actor.organizationId, [definition.project].flat())),
        target,
        ...environmentOf(definition),
        reason: "test notification",
        now,
      });
      queued.push(await appendTest(trx, { actor, channel, payload, rule: { id: rule.id, historyId } }));
    }
    await recordAudit(trx, actor, { action: "rule.test", target: rule.name, at: now });
    return queued;
  });
}

async function channelsOf(trx: Meta, organizationId: number, { notify }: RuleDefinition) {
  const names = notify.map(({ channel }) => channel);
  const rows = await trx
    .selectFrom("channel")
    .select(["id", "name"])
    .where("organization_id", "=", organizationId)
    .where("name", "in", names)
    .execute();
  return new Map(rows.map((row) => [row.name, row]));
}

async function recordTest(
  trx: Meta,
  rule: RuleRow,
  { now, userId }: { now: number; userId: string | null },
): Promise<number> {
  const row = await trx
    .insertInto("rule_history")
    .values({
      rule_id: rule.id,
      at: now,
      outcome: "test",
      reason: "A test notification was sent.",
      data: JSON.stringify({ userId }),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

function runbookAndOwner({ runbook, owner }: RuleDefinition) {
  return {
    ...(runbook === undefined ? {} : { runbook }),
    ...(owner === undefined ? {} : { owner }),
  };
}

function environmentOf({ environment }: RuleDefinition): { environment?: string } {
  const [first] = environment === undefined ? [] : [environment].flat();
  return first === undefined ? {} : { environment: first };
}
