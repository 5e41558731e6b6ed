import { discordBot } from "./discord-bot/discord-bot.js";
import { discordWebhook, type DiscordOptions } from "./discord/discord-webhook.js";
import type { ChannelAdapter } from "./port.js";

/** Every service there is, by `channel.type`. A new one is a folder and a line here. */
export function adaptersByType(options: DiscordOptions): ReadonlyMap<string, ChannelAdapter> {
  return new Map([discordWebhook(options), discordBot(options)].map((adapter) => [adapter.type, adapter]));
}
