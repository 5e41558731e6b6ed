import { ruleDefinitionSchema } from "../../../domain/rule.js";
import { AppError } from "../../../shared/app-error.js";
import type { Meta } from "../../../store/port.js";
import type { Actor } from "../../actor.js";
import type { AlertPorts } from "../alert-ports.js";
import { readKnownNames } from "../rule-input.js";
import { recordAudit } from "../../audit.js";
import { checkReferences } from "./check-references.js";
import { planChannels } from "./plan-channels.js";
import { planMonitors } from "./plan-monitors.js";
import { planProjects } from "./plan-projects.js";
import { planRules } from "./plan-rules.js";
import type { Change, PlanContext, PlannedChange } from "./planned-change.js";
import { readConfigFile } from "./read-config-file.js";
import type { ConfigFile } from "./read-config-file.js";

/** What applying a file does, or would do. */
export interface ApplyResult {
  readonly changes: readonly Change[];
  /** False after a dry run. */
  readonly applied: boolean;
  readonly warnings: readonly string[];
}

export interface ApplyRequest {
  /** The file as plain values, secrets filled in. */
  readonly document: unknown;
  /** Only plan. */
  readonly dryRun: boolean;
  /** Whether the actor may make and change projects, too. */
  readonly mayChangeProjects: boolean;
}

/**
 * Brings projects, channels, rules and monitors to what vedette.yaml says, in one transaction: all of it or nothing.
 * Applying the same file again changes nothing. Only what came from a file is ever removed.
 *
 * @throws InvalidDocument naming every wrong place, as in `rules[2].when[0]`; AppError forbidden
 */
export async function applyConfigFile(
  ports: AlertPorts,
  actor: Actor,
  request: ApplyRequest,
): Promise<ApplyResult> {
  const file = readConfigFile(request.document);
  return ports.meta.transaction().execute(async (trx) => {
    const context: PlanContext = { ports, actor, now: ports.now() };
    const planned = await plan(trx, context, file);
    if (!request.mayChangeProjects) refuseProjectChanges(planned);
    const warnings = await collectWarnings(trx, actor, { file, planned });
    if (!request.dryRun) await run(trx, context, planned);
    const changes = planned.map(({ action, kind, name, diff }) => ({ action, kind, name, diff }));
    return { changes, applied: !request.dryRun, warnings };
  });
}

async function plan(trx: Meta, context: PlanContext, file: ConfigFile): Promise<readonly PlannedChange[]> {
  const projects = await planProjects(trx, context, file.projects);
  const channels = await planChannels(trx, context, file.channels);
  const known = await readKnownNames(trx, context.actor.organizationId);
  checkReferences(file, namesAfter(known, [...projects, ...channels]), context.ports.alertChecks);
  return [
    ...projects,
    ...channels,
    ...(await planRules(trx, context, file.rules)),
    ...(await planMonitors(trx, context, file.monitors)),
  ];
}

function namesAfter(
  known: { projects: ReadonlySet<string>; channels: ReadonlySet<string> },
  planned: readonly Change[],
) {
  const names = { project: new Set(known.projects), channel: new Set(known.channels) };
  for (const { kind, action, name } of planned) {
    if (kind !== "project" && kind !== "channel") continue;
    if (action === "create") names[kind].add(name);
    if (action === "delete") names[kind].delete(name);
  }
  return { projects: names.project, channels: names.channel };
}

function refuseProjectChanges(planned: readonly Change[]): void {
  const change = planned.find(({ kind, action }) => kind === "project" && action !== "unchanged");
  if (!change) return;
  throw new AppError(
    "forbidden",
    `The file changes the project "${change.name}"; that needs the scope project:write.`,
  );
}

async function run(trx: Meta, { actor, now }: PlanContext, planned: readonly PlannedChange[]): Promise<void> {
  for (const { run: perform, action, kind, name, diff } of planned) {
    if (action === "unchanged") continue;
    await perform(trx);
    const entry = { action: `${kind}.${action}`, target: name, data: { origin: "file", diff }, at: now };
    await recordAudit(trx, actor, entry);
  }
}

async function collectWarnings(
  trx: Meta,
  actor: Actor,
  { file, planned }: { file: ConfigFile; planned: readonly Change[] },
): Promise<readonly string[]> {
  const gone = planned.filter(({ kind, action }) => kind === "channel" && action === "delete");
  return [
    ...(file.monitors.length > 0 ? ["monitors are kept but not evaluated by this version"] : []),
    ...(await disabledChannels(trx, actor, planned)),
    ...(await rulesLeftBehind(trx, actor, new Set(gone.map(({ name }) => name)))),
  ];
}

/** The file is as it was, so applying it repairs nothing; nobody should read "no changes" as "all is well". */
async function disabledChannels(
  trx: Meta,
  actor: Actor,
  planned: readonly Change[],
): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom("channel")
    .select(["name", "status_reason"])
    .where("organization_id", "=", actor.organizationId)
    .where("status", "=", "disabled")
    .execute();
  const unchanged = planned.filter(({ kind, action }) => kind === "channel" && action === "unchanged");
  return rows
    .filter((row) => unchanged.some(({ name }) => name === row.name))
    .map((row) => `the channel "${row.name}" is disabled: ${row.status_reason ?? "nothing is sent to it"}`);
}

/** Rules made by hand may send to a channel that leaves the file; the file cannot know of them. */
async function rulesLeftBehind(
  trx: Meta,
  actor: Actor,
  gone: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (gone.size === 0) return [];
  const rules = await trx
    .selectFrom("rule")
    .select(["name", "definition"])
    .where("organization_id", "=", actor.organizationId)
    .where("origin", "=", "api")
    .execute();
  return rules.flatMap(({ name, definition }) => {
    const parsed = ruleDefinitionSchema.safeParse(JSON.parse(definition));
    const lost = parsed.success ? parsed.data.notify.filter(({ channel }) => gone.has(channel)) : [];
    return lost.map(
      ({ channel }) => `the rule "${name}" still sends to the channel "${channel}", which is removed`,
    );
  });
}
