import { startDiscordSandbox, type DiscordSandbox } from "@vedette/discord-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkChannel, type ChannelCheckPorts } from "./channel-check.js";

let discord: DiscordSandbox;
let ports: ChannelCheckPorts;

beforeAll(async () => {
  discord = await startDiscordSandbox({ channels: ["errors", { name: "incidents", type: 15 }] });
  ports = { discordApi: `${discord.url}/api`, publicUrl: "https://v.example.com", allowPrivateHooks: true };
});
afterAll(() => discord.stop());

const webhook = (webhookUrl: string) => ({ type: "discord", config: {}, secrets: { webhookUrl } });
const bot = (channelId: string, botToken = discord.botToken) => ({
  type: "discord_bot",
  config: { channelId },
  secrets: { botToken },
});

describe("checking a channel before it is stored", () => {
  it("tells where a webhook posts, and posts nothing", async () => {
    const { webhookUrl, channelId } = discord.channel("errors");
    expect(await checkChannel(ports, webhook(webhookUrl ?? ""))).toEqual({
      ok: true,
      name: "Incoming Webhook",
      channelId,
      guildId: discord.guildId,
    });
    expect(discord.messages()).toEqual([]);
  });

  it("tells the name of a bot's channel", async () => {
    const { channelId } = discord.channel("errors");
    expect(await checkChannel(ports, bot(channelId))).toMatchObject({ ok: true, name: "errors", channelId });
  });

  it.each([
    [
      "a wrong token in the address",
      () => webhook((discord.channel("errors").webhookUrl ?? "").slice(0, -4) + "AAAA"),
      "refuses this webhook's token",
    ],
    [
      "an address of another site",
      () => webhook("https://example.com/hook"),
      "begins with https://discord.com",
    ],
    ["a channel id that does not exist", () => bot("999999999999999999"), "no channel with this id"],
    ["a channel id that is none", () => bot("general"), "17 to 20 digits"],
    [
      "a wrong bot token",
      () => bot(discord.channel("errors").channelId, "wrong-bot-token"),
      "refuses the bot's token",
    ],
    ["a forum", () => bot(discord.channel("incidents").channelId), "not a channel for text messages"],
    ["another type", () => ({ ...bot("1"), type: "pager" }), "no such type"],
  ])("says what is wrong with %s", async (_what, entered, problem) => {
    expect(await checkChannel(ports, entered())).toEqual({
      ok: false,
      problem: expect.stringContaining(problem),
    });
  });

  it("says so when a webhook was deleted", async () => {
    const doomed = discord.createChannel({ name: "doomed" });
    discord.deleteWebhook(doomed.webhookId ?? "");
    expect(await checkChannel(ports, webhook(doomed.webhookUrl ?? ""))).toEqual({
      ok: false,
      problem: expect.stringContaining("it was deleted"),
    });
  });

  it("says so when Discord has trouble", async () => {
    discord.injectFault({ kind: "status", status: 503, times: 1 });
    const result = await checkChannel(ports, webhook(discord.channel("errors").webhookUrl ?? ""));
    expect(result).toEqual({ ok: false, problem: expect.stringContaining("HTTP 503") });
  });

  it("goes to no private address unless allowed", async () => {
    const result = await checkChannel(
      { ...ports, allowPrivateHooks: false },
      webhook(discord.channel("errors").webhookUrl ?? ""),
    );
    expect(result).toEqual({ ok: false, problem: expect.stringContaining("VEDETTE_ALLOW_PRIVATE_HOOKS=1") });
  });
});
