import type { APIEmbed } from "discord-api-types/v10";
import type { ResolvedMentions } from "../rules/mentions.js";
import type { SandboxChannel } from "../state/guild.js";
import type { StoredMessage } from "../state/message-log.js";
import { isSnowflake } from "../state/snowflake.js";
import type { World } from "../state/world.js";
import { toApiAttachments, webhookUrl } from "./api-shapes.js";

/** A message as `GET /messages`, the event stream and `messages()` give it. */
export interface FeedMessage {
  readonly id: string;
  /** The channel or thread it stands in. */
  readonly channelId: string;
  readonly channelName: string;
  /** For a message in a thread: the channel of the thread. */
  readonly parentChannelId: string | null;
  readonly webhookId: string | null;
  readonly username: string;
  readonly avatarUrl: string | null;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly unknown[];
  readonly attachments: readonly Record<string, unknown>[];
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
  readonly flags: number;
  readonly thread: { readonly id: string; readonly name: string; readonly messageCount: number } | null;
  /** Who would be notified, given `allowed_mentions`. */
  readonly mentionsResolved: ResolvedMentions;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly userAgent: string;
  /** The body of the last call that made or changed it, as received. */
  readonly raw: unknown;
}

/** A channel as the page and `channels` give it. */
export interface FeedChannel {
  readonly name: string;
  readonly channelId: string;
  readonly type: number;
  readonly category: string | null;
  /** For a thread: its channel. */
  readonly parentChannelId: string | null;
  readonly webhookId: string | null;
  /** Null when the channel has none or it was deleted. */
  readonly webhookUrl: string | null;
}

/** Turns a stored message into its public shape. */
export function toFeedMessage(world: World, message: StoredMessage, baseUrl: string): FeedMessage {
  const { id, channelId, webhookId, author, content, embeds, components, flags, userAgent, raw } = message;
  const channel = world.guild.channel(channelId);
  const thread = message.threadId ? world.guild.channel(message.threadId) : undefined;
  return {
    id,
    channelId,
    channelName: channel?.name ?? "",
    parentChannelId: channel?.thread ? channel.parentId : null,
    webhookId,
    username: author.name,
    avatarUrl: author.avatarUrl,
    content,
    embeds,
    components,
    attachments: toApiAttachments(message, baseUrl),
    reactions: [...message.reactions].map(([emoji, count]) => ({ emoji, count })),
    flags,
    thread: thread
      ? { id: thread.id, name: thread.name, messageCount: thread.thread?.messageCount ?? 0 }
      : null,
    mentionsResolved: message.mentions,
    createdAt: new Date(message.createdAtMs).toISOString(),
    editedAt: message.editedAtMs === null ? null : new Date(message.editedAtMs).toISOString(),
    userAgent,
    raw,
  };
}

/** Turns a channel or thread into its public shape; `webhookUrl` is what a sender is given. */
export function toFeedChannel(world: World, channel: SandboxChannel, baseUrl: string): FeedChannel {
  const webhook = world.guild.webhookOf(channel.id);
  const parent = channel.parentId ? world.guild.channel(channel.parentId) : undefined;
  return {
    name: channel.name,
    channelId: channel.id,
    type: channel.type,
    category: channel.thread ? null : (parent?.name ?? null),
    parentChannelId: channel.thread ? channel.parentId : null,
    webhookId: webhook?.id ?? null,
    webhookUrl: webhook ? webhookUrl(webhook, baseUrl) : null,
  };
}

/** All channels and threads, without the categories they stand under. */
export function listFeedChannels(world: World, baseUrl: string): readonly FeedChannel[] {
  const inCategory = world.guild.channels.filter(({ parentId }) => parentId !== null);
  return inCategory.map((channel) => toFeedChannel(world, channel, baseUrl));
}

/**
 * The kept messages, oldest first. `channel` is an id or a name and includes the channel's threads; `since` is a message
 * id, an ISO time or Unix milliseconds, and excludes what is as old.
 */
export function selectMessages(
  world: World,
  filter: { readonly channel?: string; readonly since?: string },
): readonly StoredMessage[] {
  const channelId =
    filter.channel === undefined ? undefined : (world.guild.channel(filter.channel)?.id ?? filter.channel);
  return world.log.all().filter((message) => {
    if (!isSince(message, filter.since)) return false;
    if (channelId === undefined || message.channelId === channelId) return true;
    const channel = world.guild.channel(message.channelId);
    return channel?.thread !== undefined && channel.parentId === channelId;
  });
}

function isSince(message: StoredMessage, since: string | undefined): boolean {
  if (since === undefined || since === "") return true;
  if (isSnowflake(since)) return BigInt(message.id) > BigInt(since);
  const sinceMs = /^\d+$/.test(since) ? Number(since) : Date.parse(since);
  return Number.isNaN(sinceMs) || message.createdAtMs > sinceMs;
}
