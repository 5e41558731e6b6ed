import { adaptersByType } from "./adapters.js";
import { OutgoingClient } from "./http/outgoing-client.js";
import type { CheckResult } from "./port.js";

export interface ChannelCheckPorts {
  /** Base of Discord's API, such as `https://discord.com/api`. */
  readonly discordApi: string;
  readonly publicUrl: string;
  readonly allowPrivateHooks: boolean;
}

/** A channel as a person entered it, before it is stored. */
interface EnteredChannel {
  /** `discord` or `discord_bot`. */
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** `{webhookUrl}` or `{botToken}`, in the clear. */
  readonly secrets: Readonly<Record<string, unknown>>;
}

const timeoutMs = 5_000;

/**
 * Asks the service whether messages would arrive, without sending one. For forms and alerts as code, before a channel
 * is stored: so that a wrong id or a deleted webhook is found then, and its place over there can be shown.
 *
 * @returns the name and ids the service gives, or the problem as a sentence without secrets; never throws for what a
 *   person entered
 */
export async function checkChannel(ports: ChannelCheckPorts, entered: EnteredChannel): Promise<CheckResult> {
  const adapter = adaptersByType(ports).get(entered.type);
  if (adapter === undefined) return { ok: false, problem: "There is no such type of channel." };
  const opened = adapter.open(entered);
  if (!opened.ok) return opened;
  const client = new OutgoingClient({ allowPrivate: ports.allowPrivateHooks, timeoutMs });
  try {
    const result = await client.send(opened.destination.probe());
    if (result.kind === "answer") return opened.destination.readProbe(result.answer);
    const problem = result.kind === "lost" ? "Discord did not answer. Try again." : result.reason;
    return { ok: false, problem };
  } finally {
    client.close();
  }
}
