import { z } from "zod";
import { hintToken, hintWebhookUrl } from "../../shared/secret-hint.js";
import type { AlertChecks } from "./alert-ports.js";

/** Name by which rules refer to a channel. */
const channelNameSchema = z.string().trim().min(1, "is required").max(100, "is longer than 100 characters");

const webhookUrl = z
  .string()
  .trim()
  .max(500, "is longer than 500 characters")
  .refine((text) => /^https?:\/\/\S+$/.test(text) && URL.canParse(text), {
    message: "is not a web address: copy it in Discord under channel settings, Integrations, Webhooks",
  });
const botToken = z.string().trim().min(10, "is too short for a bot's token").max(300);
const channelId = z.string().regex(/^\d{15,22}$/, "is not a channel id of 17 to 20 digits");

/** A channel as entered or written in vedette.yaml, with its secret. Never log one. */
export const channelInputSchema = z.discriminatedUnion("type", [
  z.strictObject({
    name: channelNameSchema,
    type: z.literal("discord"),
    webhookUrl,
    /** Shown as the sender. Default Vedette. */
    username: z.string().trim().min(1).max(80).optional(),
  }),
  z.strictObject({
    name: channelNameSchema,
    type: z.literal("discord_bot"),
    botToken,
    channelId,
    guildId: channelId.optional(),
  }),
]);
export type ChannelInput = z.infer<typeof channelInputSchema>;

/** What may be changed of a channel; absent fields stay. A new secret takes the place of the old one at once. */
export const channelChangeSchema = z.strictObject({
  name: channelNameSchema.optional(),
  webhookUrl: webhookUrl.optional(),
  botToken: botToken.optional(),
  channelId: channelId.optional(),
  guildId: channelId.optional(),
  username: z.string().trim().min(1).max(80).optional(),
});
export type ChannelChange = z.infer<typeof channelChangeSchema>;

/** Fields of the stored `config`, which holds no secrets. */
export type ChannelConfig = Readonly<Partial<Record<"channelId" | "guildId" | "username", string>>>;
/** Fields of the stored `secret`. */
export type ChannelSecrets = Readonly<Partial<Record<"webhookUrl" | "botToken", string>>>;

/** A channel taken apart into what may be shown and what may not. */
export interface ChannelParts {
  readonly type: ChannelInput["type"];
  readonly config: ChannelConfig;
  readonly secrets: ChannelSecrets;
}

/** Parts the secret from the rest. */
export function channelParts(input: ChannelInput): ChannelParts {
  if (input.type === "discord") {
    const { username } = input;
    return {
      type: "discord",
      config: username === undefined ? {} : { username },
      secrets: { webhookUrl: input.webhookUrl },
    };
  }
  const { guildId } = input;
  return {
    type: "discord_bot",
    config: { channelId: input.channelId, ...(guildId === undefined ? {} : { guildId }) },
    secrets: { botToken: input.botToken },
  };
}

/** What may be shown of a channel's secret. */
export function secretHintOf({ webhookUrl: url, botToken: token }: ChannelSecrets): string {
  if (url !== undefined) return hintWebhookUrl(url);
  return token === undefined ? "" : hintToken(token);
}

/** The field in which a channel's settings cannot work, and why; null when they can. */
export function channelProblem(
  parts: ChannelParts,
  checks: AlertChecks | undefined,
): { readonly field: string; readonly message: string } | null {
  const message = checks?.channelProblem(parts) ?? null;
  if (message === null) return null;
  if (parts.type === "discord") return { field: "webhookUrl", message };
  return { field: /channel id/i.test(message) ? "channelId" : "botToken", message };
}
