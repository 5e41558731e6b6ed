import { examine } from "../doctor/examine.js";
import type { Finding } from "../doctor/examine.js";
import { paint } from "../terminal.js";
import type { Style, Terminal } from "../terminal.js";
import type { CommandContext } from "./command-context.js";

const marks: Readonly<Record<Finding["state"], readonly [string, Style]>> = {
  good: ["✓", "green"],
  bad: ["✗", "red"],
  doubtful: ["!", "yellow"],
  skipped: ["·", "dim"],
};

/** `vedette doctor`: says which step fails when nothing arrives. @returns 0, or 1 when a step fails */
export async function doctorCommand(
  { terminal, isJson }: Pick<CommandContext, "terminal" | "isJson">,
  { dsn }: { readonly dsn?: string },
): Promise<number> {
  const findings = await examine(terminal, dsn);
  const hasFailed = findings.some(({ state }) => state === "bad");
  if (isJson) terminal.print(JSON.stringify({ ok: !hasFailed, findings }, null, 2));
  else {
    for (const finding of findings) terminal.print(findingText(terminal, finding));
    if (!hasFailed) terminal.print("\nEvents can arrive. Send one with: vedette send-event");
  }
  return hasFailed ? 1 : 0;
}

function findingText(terminal: Terminal, { step, state, message, hint }: Finding): string {
  const [mark, style] = marks[state];
  const line = `${paint(terminal, style, mark)} ${step.padEnd(7)} ${message}`;
  return hint === null ? line : `${line}\n          ${paint(terminal, "dim", hint)}`;
}
