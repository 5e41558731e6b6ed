import { ruleDefinitionSchema } from "../../domain/rule.js";
import type { RuleDefinition } from "../../domain/rule.js";
import type { RuleRow } from "../../actions/alerts/find-rule.js";
import { readKnownNames } from "../../actions/alerts/rule-input.js";
import type { KnownNames } from "../../actions/alerts/rule-input.js";
import type { Meta } from "../../store/port.js";
import { isoTime } from "../http/iso-time.js";

const dayMs = 24 * 3_600_000;

interface RuleFigures {
  readonly fired: ReadonlyMap<number, number>;
  readonly failed: ReadonlyMap<number, number>;
}

/** Rules as the API shows them, with what they did in the last 24 hours. */
export async function rulesJson(
  { meta, now }: { meta: Meta; now: () => number },
  organizationId: number,
  rows: readonly RuleRow[],
) {
  const known = await readKnownNames(meta, organizationId);
  const figures = await readFigures(
    meta,
    rows.map(({ id }) => id),
    now() - dayMs,
  );
  return rows.map((row) => ruleJson(row, known, figures));
}

function ruleJson(row: RuleRow, known: KnownNames, figures: RuleFigures) {
  const definition = storedDefinition(row);
  const channels = definition.notify.map(({ channel }) => channel);
  return {
    id: String(row.id),
    slug: row.slug,
    name: row.name,
    enabled: row.enabled === 1,
    origin: row.origin,
    mutedUntil: isoTime(row.muted_until),
    definition,
    projects: projectsOf(definition, known.projects),
    /** Channels it names that are not there any more: nothing is sent to them. */
    missingChannels: channels.filter((name) => !known.channels.has(name)),
    lastFired: isoTime(row.last_fired_at),
    dateCreated: isoTime(row.created_at),
    dateUpdated: isoTime(row.updated_at),
    fired24h: figures.fired.get(row.id) ?? 0,
    failed24h: figures.failed.get(row.id) ?? 0,
  };
}

/** What was stored passed the schema; reading it through again adds defaults of newer versions. */
export function storedDefinition(row: Pick<RuleRow, "definition">): RuleDefinition {
  return ruleDefinitionSchema.parse(JSON.parse(row.definition));
}

/** Slugs of the existing projects a rule watches, in order. */
export function projectsOf({ project }: RuleDefinition, existing: ReadonlySet<string>): readonly string[] {
  const wanted = [project].flat();
  return [...existing].filter((slug) => wanted.includes("*") || wanted.includes(slug)).toSorted();
}

async function readFigures(meta: Meta, ruleIds: readonly number[], since: number): Promise<RuleFigures> {
  if (ruleIds.length === 0) return { fired: new Map(), failed: new Map() };
  const fired = await meta
    .selectFrom("rule_history")
    .select((eb) => ["rule_id", eb.fn.countAll<number>().as("count")])
    .where("rule_id", "in", ruleIds)
    .where("outcome", "=", "fired")
    .where("at", ">=", since)
    .groupBy("rule_id")
    .execute();
  const failed = await meta
    .selectFrom("notification")
    .select((eb) => ["rule_id", eb.fn.countAll<number>().as("count")])
    .where("rule_id", "in", ruleIds)
    .where("state", "=", "failed")
    .where("created_at", ">=", since)
    .groupBy("rule_id")
    .execute();
  const byRule = (rows: readonly { rule_id: number | null; count: number }[]) =>
    new Map(rows.map((row) => [row.rule_id ?? 0, row.count]));
  return { fired: byRule(fired), failed: byRule(failed) };
}
