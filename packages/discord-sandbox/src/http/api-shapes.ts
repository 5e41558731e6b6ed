import { ChannelType, MessageType, WebhookType } from "discord-api-types/v10";
import type { SandboxChannel, SandboxWebhook } from "../state/guild.js";
import type { StoredMessage } from "../state/message-log.js";
import type { World } from "../state/world.js";

type Json = Record<string, unknown>;

/** A message as Discord's API returns it: https://discord.com/developers/docs/resources/message#message-object */
export function toApiMessage(world: World, message: StoredMessage, baseUrl: string): Json {
  const { mentions, nonce, poll } = message;
  const thread = message.threadId ? world.guild.channel(message.threadId) : undefined;
  return {
    id: message.id,
    type: MessageType.Default,
    channel_id: message.channelId,
    author: toApiAuthor(message),
    content: message.content,
    timestamp: toTimestamp(message.createdAtMs),
    edited_timestamp: message.editedAtMs === null ? null : toTimestamp(message.editedAtMs),
    tts: false,
    mention_everyone: mentions.everyone || mentions.here,
    mentions: mentions.users.map((id) => toUser(id, `user-${id.slice(-4)}`)),
    mention_roles: mentions.roles,
    attachments: toApiAttachments(message, baseUrl),
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags | (thread ? 1 << 5 : 0),
    ...(message.reactions.size > 0 && { reactions: toApiReactions(message) }),
    ...(message.webhookId && { webhook_id: message.webhookId }),
    ...(nonce !== undefined && { nonce }),
    ...(poll !== undefined && { poll }),
    ...(thread && { thread: toApiChannel(world, thread) }),
  };
}

/** The files of a message with the addresses where the stand-in serves them. */
export function toApiAttachments(message: StoredMessage, baseUrl: string): Json[] {
  return message.files.map(({ id, fileName, contentType, bytes, description }) => {
    const url = `${baseUrl}/attachments/${message.id}/${id}/${encodeURIComponent(fileName)}`;
    const size = bytes.length;
    return {
      id,
      filename: fileName,
      size,
      url,
      proxy_url: url,
      content_type: contentType,
      ...(description && { description }),
    };
  });
}

/** A channel, category or thread: https://discord.com/developers/docs/resources/channel#channel-object */
export function toApiChannel(world: World, channel: SandboxChannel): Json {
  const common = {
    id: channel.id,
    type: channel.type,
    name: channel.name,
    guild_id: world.guild.id,
    parent_id: channel.parentId,
  };
  if (channel.thread) {
    const { archived, locked, autoArchiveMinutes, ownerId, createdAtMs, messageCount } = channel.thread;
    const at = toTimestamp(createdAtMs);
    const metadata = {
      archived,
      locked,
      auto_archive_duration: autoArchiveMinutes,
      archive_timestamp: at,
      create_timestamp: at,
    };
    const counts = {
      message_count: messageCount,
      total_message_sent: messageCount,
      member_count: 1,
      rate_limit_per_user: 0,
    };
    return { ...common, owner_id: ownerId, thread_metadata: metadata, ...counts, flags: 0 };
  }
  const place = { position: channel.position, permission_overwrites: [], flags: 0 };
  if (channel.type === ChannelType.GuildCategory) return { ...common, ...place };
  const forum = channel.type === ChannelType.GuildForum ? { available_tags: [] } : {};
  return {
    ...common,
    ...place,
    ...forum,
    topic: null,
    nsfw: false,
    last_message_id: null,
    rate_limit_per_user: 0,
  };
}

/** A webhook as reached with its token: https://discord.com/developers/docs/resources/webhook#webhook-object */
export function toApiWebhook(world: World, webhook: SandboxWebhook, baseUrl: string): Json {
  return {
    id: webhook.id,
    type: WebhookType.Incoming,
    guild_id: world.guild.id,
    channel_id: webhook.channelId,
    name: webhook.name,
    avatar: null,
    token: webhook.token,
    application_id: null,
    url: webhookUrl(webhook, baseUrl),
  };
}

/** The address a person would copy from the channel's settings. */
export function webhookUrl(webhook: SandboxWebhook, baseUrl: string): string {
  return `${baseUrl}/api/webhooks/${webhook.id}/${webhook.token}`;
}

/** The bot's own user. */
export function toApiBot(world: World): Json {
  return {
    ...toUser(world.guild.botId, world.guild.botName),
    bot: true,
    mfa_enabled: true,
    locale: "en-US",
    verified: true,
  };
}

function toApiAuthor({ author, webhookId }: StoredMessage): Json {
  return {
    ...toUser(author.id, author.name),
    discriminator: "0000",
    bot: true,
    ...(webhookId && { avatar: author.avatarUrl }),
  };
}

function toApiReactions(message: StoredMessage): Json[] {
  return [...message.reactions].map(([name, count]) => ({
    count,
    count_details: { burst: 0, normal: count },
    me: true,
    me_burst: false,
    emoji: { id: null, name },
    burst_colors: [],
  }));
}

function toUser(id: string, name: string): Json {
  return { id, username: name, discriminator: "0", global_name: null, avatar: null, public_flags: 0 };
}

/** Discord writes microseconds and an offset, not `Z`. */
function toTimestamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replace("Z", "000+00:00");
}
