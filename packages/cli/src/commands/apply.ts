import { CliError } from "../cli-error.js";
import { readConfigFile } from "../config-file.js";
import type { ConfigFile } from "../config-file.js";
import { RefusedError } from "../connection.js";
import { paint } from "../terminal.js";
import type { Terminal } from "../terminal.js";
import type { CommandContext } from "./command-context.js";
import { hasChanges, printChanges } from "./print-changes.js";
import type { ApplyAnswer } from "./print-changes.js";

/** `vedette apply` and `vedette plan`, which only says what apply would do. */
export interface ApplyOptions {
  readonly file: string;
  readonly dryRun: boolean;
  /** Answer 2 when there is something to change. Default false. */
  readonly detailedExitcode?: boolean;
}

/** @returns the exit code: 0, or 2 where there are changes and the options ask to say so */
export async function applyCommand(context: CommandContext, options: ApplyOptions): Promise<number> {
  const { terminal } = context;
  const file = await readConfigFile(options.file, terminal.env);
  const connection = context.connect();
  const path = `alerts/apply/${options.dryRun ? "?dryRun=1" : ""}`;
  const answer = await connection
    .ask<ApplyAnswer>("POST", path, file.document)
    .catch((error: unknown) => Promise.reject(withPlaces(error, file)));
  const warnings = [...file.warnings, ...answer.warnings];
  if (context.isJson) terminal.print(JSON.stringify({ ...answer, warnings }, null, 2));
  else printChanges(terminal, answer);
  if (!context.isJson) warnAbout(terminal, warnings);
  return options.detailedExitcode === true && hasChanges(answer) ? 2 : 0;
}

function warnAbout(terminal: Terminal, warnings: readonly string[]): void {
  for (const warning of warnings) terminal.complain(paint(terminal, "yellow", `warning: ${warning}`));
}

/** The server names places by path; people look for lines. */
function withPlaces(error: unknown, file: ConfigFile): unknown {
  if (!(error instanceof RefusedError) || error.problems.length === 0) return error;
  const lines = error.problems.map(({ path, message }) => `${file.placeOf(path)}: ${path}: ${message}`);
  return new CliError(lines.join("\n"), "Nothing was changed. Correct the file and try again.");
}
