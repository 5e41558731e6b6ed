import { paint } from "../terminal.js";
import type { CommandContext } from "./command-context.js";

interface BacktestAnswer {
  readonly days: number;
  readonly fired: number;
  readonly throttled: number;
  readonly samples: readonly { readonly at: string; readonly issueId: string; readonly title: string }[];
  readonly eventsRead: number;
  readonly coveredTo: string;
}

const shownSamples = 10;

/** `vedette backtest RULE`: how often the rule would have fired on what is stored. Sends nothing. @returns 0 */
export async function backtestCommand(
  { terminal, isJson, connect }: CommandContext,
  { rule, days }: { readonly rule: string; readonly days: number },
): Promise<number> {
  const path = `alerts/rules/${encodeURIComponent(rule)}/backtest/`;
  const answer = await connect().ask<BacktestAnswer>("POST", path, { days });
  if (isJson) {
    terminal.print(JSON.stringify(answer, null, 2));
    return 0;
  }
  const perDay = (answer.fired / days).toFixed(1);
  terminal.print(
    `In the last ${days} days "${rule}" would have fired ${times(answer.fired)} (${perDay} a day); ` +
      `its interval would have held back ${answer.throttled} more.`,
  );
  for (const { at, title } of answer.samples.slice(0, shownSamples)) {
    terminal.print(`  ${paint(terminal, "dim", at)}  ${oneLine(title)}`);
  }
  const more = answer.fired - Math.min(answer.samples.length, shownSamples);
  if (more > 0) terminal.print(paint(terminal, "dim", `  … and ${more} more`));
  return 0;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** Titles come from events: they must not move the cursor or end the line. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ").slice(0, 120);
}
