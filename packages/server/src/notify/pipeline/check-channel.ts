import { isRecord } from "@vedette/protocol";
import { SecretBoxError, type SecretBox } from "../../shared/secret-box.js";
import type { ChannelRow, Picked } from "../outbox/rows.js";
import type { ChannelAdapter, ChannelSettings } from "../port.js";
import { end, next, type OpenChannel, type Stage } from "./stage.js";

/**
 * Looks whether the channel is there and active, and opens its secrets. What waits for a deleted or disabled channel
 * fails with the reason; settings that cannot work disable the channel.
 */
export function checkChannelStage(ports: {
  readonly secrets: Pick<SecretBox, "open">;
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
}): Stage<Picked, OpenChannel> {
  return async function checkChannel({ notification, channel }) {
    const hopeless = (reason: string) => end({ kind: "hopeless", notification, reason, blame: "message" });
    if (channel === null) return hopeless("The channel was deleted.");
    if (channel.status === "disabled") {
      return hopeless(`The channel “${channel.name}” is disabled. ${channel.status_reason ?? ""}`.trim());
    }
    const blame = { channel };
    const adapter = ports.adapters.get(channel.type);
    if (adapter === undefined) {
      const reason = `This version cannot send to channels of type “${channel.type}”.`;
      return end({ kind: "hopeless", notification, reason, blame });
    }
    const settings = openSettings(ports.secrets, channel);
    const opened =
      typeof settings === "string" ? { ok: false as const, problem: settings } : adapter.open(settings);
    if (!opened.ok) return end({ kind: "hopeless", notification, reason: opened.problem, blame });
    return next({ notification, channel, destination: opened.destination, service: adapter.service });
  };
}

/** The settings, or the problem as a sentence. */
function openSettings(secrets: Pick<SecretBox, "open">, channel: ChannelRow): ChannelSettings | string {
  try {
    return { config: readObject(channel.config), secrets: readObject(secrets.open(channel.secret)) };
  } catch (error) {
    if (error instanceof SecretBoxError) return `The channel's secret cannot be opened. ${error.message}`;
    if (error instanceof SyntaxError) return "The channel's settings are damaged. Enter them anew.";
    throw error;
  }
}

function readObject(json: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(json);
  return isRecord(value) ? value : {};
}
