import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../connection.js";
import { paint } from "../terminal.js";
import type { Terminal } from "../terminal.js";
import type { CommandContext } from "./command-context.js";

interface Notification {
  readonly id: string;
  readonly state: "pending" | "sending" | "delivered" | "failed" | "dropped";
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: string;
  readonly deliveredAt: string | null;
  readonly channel: { readonly name: string };
}

const pollMs = 200;

/**
 * `vedette test RULE`: sends a test notification to each of the rule's channels and waits until it is known what became
 * of them.
 *
 * @returns 0 when all were delivered, else 1
 */
export async function testRuleCommand(
  { terminal, isJson, connect }: CommandContext,
  options: { readonly rule: string; readonly timeoutS: number },
): Promise<number> {
  const connection = connect();
  const path = `alerts/rules/${encodeURIComponent(options.rule)}/test/`;
  const { notifications } = await connection.ask<{ notifications: { id: string }[] }>("POST", path, {});
  const deadline = Date.now() + options.timeoutS * 1_000;
  const outcomes = await Promise.all(notifications.map(({ id }) => waitFor(connection, id, deadline)));
  if (isJson) terminal.print(JSON.stringify({ notifications: outcomes }, null, 2));
  else for (const outcome of outcomes) terminal.print(outcomeText(terminal, outcome));
  return outcomes.every(({ state }) => state === "delivered") ? 0 : 1;
}

async function waitFor(connection: Connection, id: string, deadline: number): Promise<Notification> {
  for (;;) {
    const notification = await connection.ask<Notification>("GET", `alerts/notifications/${id}/`);
    const isOpen = notification.state === "pending" || notification.state === "sending";
    if (!isOpen || Date.now() >= deadline) return notification;
    await sleep(pollMs);
  }
}

function outcomeText(terminal: Terminal, notification: Notification): string {
  const { channel, state, lastError, attempts, createdAt, deliveredAt } = notification;
  if (state === "delivered") {
    const tookS = (Date.parse(deliveredAt ?? createdAt) - Date.parse(createdAt)) / 1_000;
    return `${paint(terminal, "green", "✓")} ${channel.name}: delivered in ${tookS.toFixed(1)} s`;
  }
  const why = lastError === null ? "" : `: ${lastError}`;
  if (state === "pending" || state === "sending") {
    const tries = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
    return `${paint(terminal, "yellow", "…")} ${channel.name}: still waiting after ${tries}${why}`;
  }
  return `${paint(terminal, "red", "✗")} ${channel.name}: ${state}${why}`;
}
