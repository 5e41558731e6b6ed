import { paint } from "../terminal.js";
import type { Terminal } from "../terminal.js";
import type { CommandContext } from "./command-context.js";

interface Rule {
  readonly slug: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly mutedUntil: string | null;
  readonly missingChannels: readonly string[];
  readonly definition: { readonly notify: readonly { readonly channel: string }[] };
  readonly lastFired: string | null;
  readonly fired24h: number;
  readonly failed24h: number;
}

/** `vedette rules`: every rule and what it did lately. @returns 0 */
export async function rulesCommand({ terminal, isJson, connect }: CommandContext): Promise<number> {
  const connection = connect();
  const rules = await connection.ask<readonly Rule[]>("GET", "alerts/rules/");
  const { alertsStoppedAt } = await connection.ask<{ alertsStoppedAt?: string | null }>("GET", "");
  if (isJson) {
    terminal.print(JSON.stringify(rules, null, 2));
    return 0;
  }
  if (alertsStoppedAt) {
    const since = `Alerts are stopped since ${alertsStoppedAt}. Let them go on with: vedette resume`;
    terminal.print(paint(terminal, "red", since));
  }
  if (rules.length === 0)
    terminal.print("There are no rules yet. Write vedette.yaml, then: vedette apply -f vedette.yaml");
  for (const rule of rules) terminal.print(ruleText(terminal, rule));
  return 0;
}

function ruleText(terminal: Terminal, rule: Rule): string {
  const isMuted = rule.mutedUntil !== null && Date.parse(rule.mutedUntil) > Date.now();
  const state = rule.enabled ? (isMuted ? "muted" : "on") : "off";
  const channels = rule.definition.notify.map(({ channel }) =>
    rule.missingChannels.includes(channel) ? paint(terminal, "red", `${channel} (missing)`) : channel,
  );
  const fired = rule.lastFired === null ? "never fired" : `last fired ${rule.lastFired}`;
  const failed = rule.failed24h === 0 ? "" : paint(terminal, "red", `, ${rule.failed24h} failed`);
  return [
    `${paint(terminal, state === "on" ? "green" : "yellow", state.padEnd(5))} ${paint(terminal, "bold", rule.name)}  (${rule.slug})`,
    `      to ${channels.join(", ")}; ${fired}, ${rule.fired24h} in 24 h${failed}`,
  ].join("\n");
}
