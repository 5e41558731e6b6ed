import type { Meta } from "../../../store/port.js";
import { ruleSlug } from "../rule-slug.js";
import type { FileMonitor } from "./config-schema.js";
import { creationDiff, updateOrNot } from "./planned-change.js";
import type { PlanContext, PlannedChange } from "./planned-change.js";
import { readMonitors, writeMonitors } from "./stored-monitors.js";

/** Monitors to add, change and remove. The list is written as a whole, whichever of them changed. */
export async function planMonitors(
  trx: Meta,
  { actor }: PlanContext,
  wanted: readonly FileMonitor[],
): Promise<readonly PlannedChange[]> {
  const stored = await readMonitors(trx, actor.organizationId);
  const run = (t: Meta) => writeMonitors(t, actor.organizationId, wanted);
  const kept = wanted.map((monitor): PlannedChange => {
    const { name, ...definition } = monitor;
    const before = stored.find((other) => ruleSlug(other.name) === ruleSlug(name));
    if (before) return updateOrNot({ kind: "monitor", name, run }, before, monitor);
    return { kind: "monitor", name, action: "create", diff: creationDiff(definition), run };
  });
  const slugs = new Set(wanted.map(({ name }) => ruleSlug(name)));
  const gone = stored.filter(({ name }) => !slugs.has(ruleSlug(name)));
  return [
    ...kept,
    ...gone.map(({ name }): PlannedChange => ({ kind: "monitor", name, action: "delete", diff: [], run })),
  ];
}
