import { paint } from "../terminal.js";
import type { CommandContext } from "./command-context.js";

interface StopAnswer {
  readonly alertsStoppedAt: string | null;
}

/** `vedette stop` and `vedette resume`: all rules off with one action, and back again. @returns 0 */
export async function stopCommand(
  { terminal, isJson, connect }: CommandContext,
  { resume }: { readonly resume: boolean },
): Promise<number> {
  const answer = await connect().ask<StopAnswer>(resume ? "DELETE" : "POST", "alerts/stop/");
  if (isJson) terminal.print(JSON.stringify(answer, null, 2));
  else if (resume) terminal.print(paint(terminal, "green", "Alerts go on: rules fire again."));
  else {
    const since = answer.alertsStoppedAt ?? "now";
    terminal.print(
      paint(terminal, "red", `All rules are off since ${since}. Let them go on with: vedette resume`),
    );
  }
  return 0;
}
