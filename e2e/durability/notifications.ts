import type { DiscordSandbox } from "@vedette/discord-sandbox";
import type { Server } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { readMetric, readPages } from "./read-back.js";

interface HistoryEntry {
  readonly outcome: string;
  readonly issue: { readonly id: string; readonly title: string } | null;
  readonly notifications: readonly {
    readonly id: string;
    readonly state: string;
    readonly attempts: number;
  }[];
}

export interface Told {
  /** Kinds in the list of issues of which no message came. */
  readonly missing: readonly string[];
  /** Kinds with more messages than the history owns up to: each attempt beyond the first is shown there. */
  readonly doubledSilently: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

/** Waits until no notification is on its way; one left by a killed server is taken up again after a minute. */
export async function waitForNotifications(server: Server, timeoutMs: number): Promise<void> {
  const open = async () =>
    (await readMetric(server, "vedette_notifications", 'state="pending"')) +
    (await readMetric(server, "vedette_notifications", 'state="sending"'));
  await waitFor("an empty outbox", async () => (await open()) === 0, timeoutMs);
}

/** Holds the messages at Discord's door and the history of alerts against the kinds that have an issue. */
export async function readNotifications(
  server: Server,
  discord: DiscordSandbox,
  kinds: readonly string[],
): Promise<Told> {
  const history = await readPages<HistoryEntry>(server, "/organizations/default/alerts/history/?limit=100");
  const attempts = new Map<string, number>();
  for (const { issue, notifications } of history) {
    const kind = issue?.title.split(":")[0] ?? "";
    for (const one of notifications) attempts.set(kind, (attempts.get(kind) ?? 0) + one.attempts);
  }
  const messages = new Map<string, number>();
  for (const { embeds } of discord.messages()) {
    const kind = embeds[0]?.title ?? "";
    messages.set(kind, (messages.get(kind) ?? 0) + 1);
  }
  return {
    missing: kinds.filter((kind) => !messages.has(kind)),
    doubledSilently: [...messages]
      .filter(([kind, count]) => count > (attempts.get(kind) ?? 0))
      .map(([kind, count]) => `${kind}: ${count} messages, ${attempts.get(kind) ?? 0} attempts told`),
    figures: {
      notified: messages.size,
      messages: discord.messages().length,
      attempts: [...attempts.values()].reduce((sum, count) => sum + count, 0),
      retried: [...attempts.values()].filter((count) => count > 1).length,
    },
  };
}
