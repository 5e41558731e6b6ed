import { readFile } from "node:fs/promises";
import { fillVariables } from "@vedette/protocol";
import type { AlertChecks, AlertPorts } from "../actions/alerts/alert-ports.js";
import { applyConfigFile } from "../actions/alerts/config-file/apply-config-file.js";
import type { ApplyResult } from "../actions/alerts/config-file/apply-config-file.js";
import { parseYaml } from "../actions/alerts/config-file/read-config-file.js";
import { InvalidDocument, describeProblem } from "../actions/alerts/invalid-document.js";
import type { Problem } from "../actions/alerts/invalid-document.js";
import { ConfigError } from "../config/config-error.js";
import type { Log } from "../shared/log.js";
import { alertChecks } from "./alert-checks.js";

export type ProvisionPorts = Omit<AlertPorts, "alertChecks"> & {
  readonly log: Log;
  /** What is asked beyond shapes. Default: whether patterns compile, and no channel's settings. */
  readonly alertChecks?: AlertChecks;
  /** Where `${NAME}` is looked up. Default the server's own environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

/**
 * Applies the file of `VEDETTE_PROVISION` at start: alerts as code without the command line. `${NAME}` stands for
 * variables of the server's own environment.
 *
 * @throws ConfigError naming the file and every wrong place in it; nothing is changed then
 */
export async function provision(ports: ProvisionPorts, path: string): Promise<void> {
  const { meta, secrets, now, log, environment = process.env } = ports;
  const organization = await meta.selectFrom("organization").select("id").orderBy("id").executeTakeFirst();
  if (!organization) throw new ConfigError(`VEDETTE_PROVISION: there is no organisation to apply ${path} to`);
  try {
    const result = await applyConfigFile(
      { meta, secrets, now, alertChecks: ports.alertChecks ?? alertChecks(null) },
      { organizationId: organization.id, userId: null },
      { document: await readDocument(path, environment), dryRun: false, mayChangeProjects: true },
    );
    report(log, path, result);
  } catch (error) {
    if (error instanceof InvalidDocument) throw wrongFile(path, error.problems);
    throw error;
  }
}

async function readDocument(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown reason";
    throw new ConfigError(`VEDETTE_PROVISION: the file ${path} cannot be read (${reason})`);
  });
  const { document, missing } = fillVariables(parseYaml(text), (name) => environment[name]);
  if (missing.length > 0) {
    throw new InvalidDocument(
      missing.map((variable) => ({
        path: variable.path,
        message: `the environment variable ${variable.name} is not set`,
      })),
    );
  }
  return document;
}

function wrongFile(path: string, problems: readonly Problem[]): ConfigError {
  const lines = problems.map((problem) => `  ${describeProblem(problem)}`);
  return new ConfigError([`VEDETTE_PROVISION: the file ${path} cannot be applied`, ...lines].join("\n"));
}

function report(log: Log, path: string, { changes, warnings }: ApplyResult): void {
  const done = changes.filter(({ action }) => action !== "unchanged");
  const summary = done.map(({ action, kind, name }) => `${action} ${kind} ${name}`);
  log.info(
    { path, changes: summary },
    done.length === 0 ? "alerts as code: no changes" : "alerts as code: applied",
  );
  for (const warning of warnings) log.warn(`alerts as code: ${warning}`);
}
