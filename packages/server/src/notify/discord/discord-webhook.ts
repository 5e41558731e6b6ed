import type { ChannelAdapter, CheckResult, Destination, Message, MessageForm } from "../port.js";
import type { HttpAnswer, OutgoingRequest } from "../http/outgoing-client.js";
import { buildMessage, threadName } from "./build-message.js";
import { LIMITS } from "./limits.js";
import { describeAnswer, readAnswer, readBody, readUnusable } from "./read-answer.js";
import { requestHeaders } from "./request-headers.js";
import { parseWebhookUrl, type WebhookAddress } from "./webhook-url.js";

/** What Discord's adapters need to know. */
export interface DiscordOptions {
  /** Base of Discord's API, such as `https://discord.com/api`. */
  readonly discordApi: string;
  /** Where this server's pages are, without a slash at the end. */
  readonly publicUrl: string;
}

/**
 * Channels of type `discord`: a webhook pasted by a person. Secrets: `webhookUrl`. Config: `username`, optional.
 * https://discord.com/developers/docs/resources/webhook#execute-webhook
 */
export function discordWebhook(options: DiscordOptions): ChannelAdapter {
  const headers = requestHeaders(options.publicUrl);
  return {
    type: "discord",
    service: "discord",
    open({ config, secrets }) {
      const { webhookUrl } = secrets;
      if (typeof webhookUrl !== "string")
        return { ok: false, problem: "The channel has no webhook address." };
      const parsed = parseWebhookUrl(webhookUrl, options.discordApi);
      if (!parsed.ok) return parsed;
      return {
        ok: true,
        destination: destinationOf(parsed.webhook, { username: usernameOf(config["username"]), headers }),
      };
    },
  };
}

interface Sender {
  readonly username: string;
  readonly headers: Readonly<Record<string, string>>;
}

function destinationOf(webhook: WebhookAddress, sender: Sender): Destination {
  return {
    rateKey: `discord:webhook:${webhook.id}`,
    compose: (message, form) => postRequest(webhook, sender, { message, form }),
    read: (answer, form) => readAnswer(answer, form, "webhook"),
    probe: () => ({ method: "GET", url: webhook.url, headers: sender.headers }),
    readProbe,
  };
}

/** `wait` makes Discord say whether the message was saved; `with_components` lets a plain webhook carry links. */
function postRequest(
  webhook: WebhookAddress,
  sender: Sender,
  post: { readonly message: Message; readonly form: MessageForm },
): OutgoingRequest {
  const url = new URL(webhook.url);
  url.searchParams.set("wait", "true");
  url.searchParams.set("with_components", "true");
  if (webhook.threadId !== null) url.searchParams.set("thread_id", webhook.threadId);
  const body = {
    username: sender.username,
    ...(post.form === "titled" && { thread_name: threadName(post.message) }),
    ...buildMessage(post.message, post.form),
  };
  return { method: "POST", url: url.href, headers: sender.headers, body: JSON.stringify(body) };
}

function readProbe(answer: HttpAnswer): CheckResult {
  const problem = readUnusable(answer, "webhook");
  if (problem !== null) return { ok: false, problem };
  const body = readBody(answer);
  if (answer.status !== 200 || body === null) {
    return {
      ok: false,
      problem: `Discord could not say whether the webhook works (${describeAnswer(answer)}). Try again.`,
    };
  }
  return {
    ok: true,
    name: textOf(body["name"]) ?? "",
    channelId: textOf(body["channel_id"]),
    guildId: textOf(body["guild_id"]),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A name Discord would refuse is not worth a lost message: https://discord.com/developers/docs/resources/user */
function usernameOf(value: unknown): string {
  const name = typeof value === "string" ? value.trim() : "";
  const isAllowed =
    name !== "" && name.length <= LIMITS.username && !/clyde|discord|^(everyone|here)$/i.test(name);
  return isAllowed ? name : "Vedette";
}
