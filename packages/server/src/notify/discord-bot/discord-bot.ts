import { ChannelType } from "discord-api-types/v10";
import { buildMessage } from "../discord/build-message.js";
import type { DiscordOptions } from "../discord/discord-webhook.js";
import { describeAnswer, readAnswer, readBody, readUnusable } from "../discord/read-answer.js";
import { requestHeaders } from "../discord/request-headers.js";
import { apiBase } from "../discord/webhook-url.js";
import type { HttpAnswer } from "../http/outgoing-client.js";
import type { ChannelAdapter, CheckResult, Destination } from "../port.js";

const textTypes: ReadonlySet<unknown> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/**
 * Channels of type `discord_bot`: an installed bot posts into a channel by its id. Secrets: `botToken`. Config:
 * `channelId`. https://discord.com/developers/docs/resources/message#create-message
 */
export function discordBot(options: DiscordOptions): ChannelAdapter {
  return {
    type: "discord_bot",
    service: "discord",
    open({ config, secrets }) {
      const { botToken } = secrets;
      const { channelId } = config;
      if (typeof botToken !== "string" || !/^[\w.-]{10,200}$/.test(botToken)) {
        return {
          ok: false,
          problem: "The bot's token is missing or not one: copy it from the developer portal.",
        };
      }
      if (typeof channelId !== "string" || !/^\d{15,22}$/.test(channelId)) {
        return {
          ok: false,
          problem: "A channel id has 17 to 20 digits: copy it with a right click on the channel.",
        };
      }
      return { ok: true, destination: destinationOf(options, botToken, channelId) };
    },
  };
}

function destinationOf(options: DiscordOptions, botToken: string, channelId: string): Destination {
  const headers = { ...requestHeaders(options.publicUrl), authorization: `Bot ${botToken}` };
  const channel = `${apiBase(options.discordApi)}/channels/${channelId}`;
  return {
    rateKey: `discord:channel:${channelId}`,
    compose(message, form) {
      // Within a few minutes Discord answers a repeat with the first message, so a lost answer doubles nothing.
      const body = { ...buildMessage(message, form), nonce: message.idempotencyKey, enforce_nonce: true };
      return { method: "POST", url: `${channel}/messages`, headers, body: JSON.stringify(body) };
    },
    read: (answer, form) => readAnswer(answer, form, "bot"),
    probe: () => ({ method: "GET", url: channel, headers }),
    readProbe,
  };
}

function readProbe(answer: HttpAnswer): CheckResult {
  const problem = readUnusable(answer, "bot");
  if (problem !== null) return { ok: false, problem };
  const body = readBody(answer);
  if (answer.status !== 200 || body === null) {
    return {
      ok: false,
      problem: `Discord could not say whether the channel is there (${describeAnswer(answer)}). Try again.`,
    };
  }
  if (!textTypes.has(body["type"])) {
    return {
      ok: false,
      problem: "This is not a channel for text messages. Choose a text or announcement channel, or a thread.",
    };
  }
  const text = (key: string): string | null => (typeof body[key] === "string" ? body[key] : null);
  return { ok: true, name: text("name") ?? "", channelId: text("id"), guildId: text("guild_id") };
}
