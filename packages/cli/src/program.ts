import { Command, InvalidArgumentError } from "commander";
import { CliError } from "./cli-error.js";
import { applyCommand } from "./commands/apply.js";
import { backtestCommand } from "./commands/backtest.js";
import type { CommandContext } from "./commands/command-context.js";
import { doctorCommand } from "./commands/doctor.js";
import { rulesCommand } from "./commands/rules.js";
import { sendEventCommand } from "./commands/send-event.js";
import type { SendEventOptions } from "./commands/send-event.js";
import { stopCommand } from "./commands/stop.js";
import { testRuleCommand } from "./commands/test-rule.js";
import { Connection, defaultUrl } from "./connection.js";
import type { ConnectionOptions } from "./connection.js";
import * as help from "./help-texts.js";
import { paint } from "./terminal.js";
import type { Terminal } from "./terminal.js";

/**
 * Runs the command line.
 *
 * @param args without the program's name
 * @returns the exit code: 0 done, 1 failed, 2 `plan --detailed-exitcode` found changes
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal, (code) => (exitCode = code));
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    return failureCode(terminal, error);
  }
}

function failureCode(terminal: Terminal, error: unknown): number {
  // Help, version and wrong usage: commander has written its text already.
  if (error instanceof Error && "exitCode" in error && typeof error.exitCode === "number")
    return error.exitCode;
  if (!(error instanceof CliError)) throw error;
  terminal.complain(paint(terminal, "red", error.message));
  if (error.hint !== null) terminal.complain(error.hint);
  return 1;
}

type Finish = (exitCode: number) => void;

function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command("vedette")
    .description("Alerts as code, test notifications and diagnosis for a Vedette server.")
    .version("0.1.0")
    .option("--url <address>", `the server (VEDETTE_URL, else ${defaultUrl})`)
    .option("--token <token>", "API token (VEDETTE_TOKEN)")
    .option("--org <slug>", "organisation (VEDETTE_ORG, else the token's own)")
    .option("--json", "print JSON, for programs")
    .showHelpAfterError("Run it with --help for what it takes.")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
      getOutHasColors: () => terminal.hasColor,
      getErrHasColors: () => terminal.hasColor,
    })
    .addHelpText("after", help.program);
  const contextOf = (): CommandContext => {
    const options = program.opts<ConnectionOptions & { json?: true }>();
    return { terminal, isJson: options.json === true, connect: () => new Connection(terminal, options) };
  };
  addFileCommands(program, contextOf, finish);
  addRuleCommands(program, contextOf, finish);
  addDiagnosis(program, contextOf, finish);
  return program;
}

function addFileCommands(program: Command, contextOf: () => CommandContext, finish: Finish): void {
  program
    .command("plan")
    .description("say what apply would change, and change nothing")
    .requiredOption("-f, --file <path>", "the file", "vedette.yaml")
    .option("--detailed-exitcode", "exit with 2 when there are changes")
    .addHelpText("after", help.plan)
    .action(async ({ file, detailedExitcode = false }: { file: string; detailedExitcode?: boolean }) =>
      finish(await applyCommand(contextOf(), { file, dryRun: true, detailedExitcode })),
    );
  program
    .command("apply")
    .description("make projects, channels, rules and monitors what the file says")
    .requiredOption("-f, --file <path>", "the file", "vedette.yaml")
    .addHelpText("after", help.apply)
    .action(async ({ file }: { file: string }) =>
      finish(await applyCommand(contextOf(), { file, dryRun: false })),
    );
}

function addRuleCommands(program: Command, contextOf: () => CommandContext, finish: Finish): void {
  program
    .command("rules")
    .description("list the rules and what they did lately")
    .action(async () => finish(await rulesCommand(contextOf())));
  program
    .command("test")
    .description("send a test notification to each channel of a rule and wait for it")
    .argument("<rule>", "slug or number, as `vedette rules` shows it")
    .option("--timeout <seconds>", "how long to wait", wholeNumber, 60)
    .addHelpText("after", help.test)
    .action(async (rule: string, { timeout }: { timeout: number }) =>
      finish(await testRuleCommand(contextOf(), { rule, timeoutS: timeout })),
    );
  program
    .command("backtest")
    .description("say how often a rule would have fired; sends nothing")
    .argument("<rule>", "slug or number, as `vedette rules` shows it")
    .option("--days <number>", "how far to look back", wholeNumber, 14)
    .action(async (rule: string, { days }: { days: number }) =>
      finish(await backtestCommand(contextOf(), { rule, days })),
    );
  program
    .command("stop")
    .description("emergency stop: no rule fires until `vedette resume`")
    .action(async () => finish(await stopCommand(contextOf(), { resume: false })));
  program
    .command("resume")
    .description("end the emergency stop")
    .action(async () => finish(await stopCommand(contextOf(), { resume: true })));
}

function addDiagnosis(program: Command, contextOf: () => CommandContext, finish: Finish): void {
  program
    .command("doctor")
    .description("find out why nothing arrives: DSN, server, key, clock")
    .option("--dsn <dsn>", "what the SDK is given (SENTRY_DSN)")
    .addHelpText("after", help.doctor)
    .action(async (options: { dsn?: string }) => finish(await doctorCommand(contextOf(), options)));
  program
    .command("send-event")
    .description("send a test error to a DSN")
    .option("--dsn <dsn>", "where to (SENTRY_DSN)")
    .option("--message <text>", "what it says", "A test error of the vedette command line")
    .option("--level <level>", "debug, info, warning, error or fatal", "error")
    .option("--environment <name>", "for instance production")
    .option("--release <version>", "for instance checkout@1.2.3")
    .option("--tag <key=value>", "may be given several times", collect, [])
    .addHelpText("after", help.sendEvent)
    .action(async (options: SendEventOptions) => finish(await sendEventCommand(contextOf(), options)));
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Give a whole number above 0.");
  return Number(text);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
