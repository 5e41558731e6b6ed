import { ChannelType } from "discord-api-types/v10";
import { derivedSnowflake, derivedToken, isSnowflake } from "./snowflake.js";

/** What a thread carries beside what every channel has. */
export interface ThreadState {
  archived: boolean;
  locked: boolean;
  readonly autoArchiveMinutes: number;
  readonly ownerId: string;
  readonly createdAtMs: number;
  messageCount: number;
}

/** A channel, category or thread of the one server the stand-in plays. */
export interface SandboxChannel {
  readonly id: string;
  name: string;
  readonly type: ChannelType;
  /** The category of a channel, the channel of a thread. */
  readonly parentId: string | null;
  readonly position: number;
  readonly thread?: ThreadState;
}

/** An incoming webhook of a channel; not owned by an application, as one pasted by a user is not. */
export interface SandboxWebhook {
  readonly id: string;
  readonly token: string;
  name: string;
  readonly channelId: string;
}

/** What to create: a text channel with a webhook unless said otherwise. */
export interface ChannelRequest {
  readonly name: string;
  /** Default true. */
  readonly webhook?: boolean;
  /** Name of the category it stands under; default "Monitoring". */
  readonly category?: string;
  /** Discord's channel type: 0 text (default), 5 announcements, 15 forum, 16 media. Others count as text. */
  readonly type?: number;
}

/** A channel of the request together with what was made for it. */
export interface CreatedChannel {
  readonly channel: SandboxChannel;
  readonly webhook: SandboxWebhook | undefined;
}

/** Types of channel that can be created, by their number. */
export const CREATABLE_TYPES: ReadonlyMap<number, ChannelType> = new Map(
  [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum, ChannelType.GuildMedia].map(
    (type) => [type, type],
  ),
);
const DEFAULT_CATEGORY = "Monitoring";
const WEBHOOK_NAME = "Incoming Webhook";

/** The server the stand-in plays: its channels, threads and webhooks. Ids derive from names. */
export class Guild {
  readonly id = derivedSnowflake("guild");
  readonly botId = derivedSnowflake("bot");
  readonly botName = "Sandbox Bot";
  readonly #channels = new Map<string, SandboxChannel>();
  readonly #webhooks = new Map<string, SandboxWebhook>();

  /** All channels, categories and threads in the order they were made. */
  get channels(): readonly SandboxChannel[] {
    return [...this.#channels.values()];
  }

  /** All webhooks that have not been deleted. */
  get webhooks(): readonly SandboxWebhook[] {
    return [...this.#webhooks.values()];
  }

  /** The channel with this id or, when the key is no id, with this name. */
  channel(key: string): SandboxChannel | undefined {
    if (isSnowflake(key)) return this.#channels.get(key);
    return this.channels.find((each) => each.name === key && !each.thread);
  }

  /** The webhook with this id, undefined once deleted. */
  webhook(id: string): SandboxWebhook | undefined {
    return this.#webhooks.get(id);
  }

  /** The webhook that posts to the channel, if it has one. */
  webhookOf(channelId: string): SandboxWebhook | undefined {
    return this.webhooks.find((each) => each.channelId === channelId);
  }

  /** Creates the channel, or returns it (with its webhook restored) when the name is taken. */
  createChannel(request: ChannelRequest): CreatedChannel {
    const category = this.#category(request.category ?? DEFAULT_CATEGORY);
    const channel = this.#put({
      id: derivedSnowflake(`channel:${request.name}`),
      name: request.name,
      type: CREATABLE_TYPES.get(request.type ?? 0) ?? ChannelType.GuildText,
      parentId: category.id,
    });
    return { channel, webhook: request.webhook === false ? undefined : this.#createWebhook(channel) };
  }

  /** Starts a thread under a channel. `id` is the id of its first message, as Discord has it. */
  createThread(request: {
    readonly id: string;
    readonly name: string;
    readonly parentId: string;
    readonly state: ThreadState;
  }): SandboxChannel {
    const { id, name, parentId, state } = request;
    return this.#put({ id, name, parentId, type: ChannelType.PublicThread, thread: state });
  }

  /** Deletes the webhook; false when there was none. */
  deleteWebhook(id: string): boolean {
    return this.#webhooks.delete(id);
  }

  /** Forgets everything. */
  clear(): void {
    this.#channels.clear();
    this.#webhooks.clear();
  }

  #category(name: string): SandboxChannel {
    const id = derivedSnowflake(`category:${name.toLowerCase()}`);
    return this.#put({ id, name, type: ChannelType.GuildCategory, parentId: null });
  }

  #put(channel: Omit<SandboxChannel, "position">): SandboxChannel {
    const existing = this.#channels.get(channel.id);
    if (existing) return existing;
    const created = { ...channel, position: this.#channels.size };
    this.#channels.set(created.id, created);
    return created;
  }

  #createWebhook(channel: SandboxChannel): SandboxWebhook {
    const id = derivedSnowflake(`webhook:${channel.name}`);
    const existing = this.#webhooks.get(id);
    if (existing) return existing;
    const webhook = { id, token: derivedToken(channel.name), name: WEBHOOK_NAME, channelId: channel.id };
    this.#webhooks.set(id, webhook);
    return webhook;
  }
}
