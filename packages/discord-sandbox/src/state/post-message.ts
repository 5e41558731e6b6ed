import { ChannelType } from "discord-api-types/v10";
import { displayedText } from "../rules/components.js";
import type { MessageForm } from "../rules/message-form.js";
import { resolveMentions } from "../rules/mentions.js";
import type { SandboxChannel, SandboxWebhook, ThreadState } from "./guild.js";
import type { MessageAuthor, StoredFile, StoredMessage } from "./message-log.js";
import type { World } from "./world.js";

/** A call's body once checked, with its files and as it was received. */
export interface CheckedBody {
  readonly form: MessageForm;
  readonly files: readonly UploadedFile[];
  readonly raw: unknown;
  readonly userAgent: string;
}

/** A file as it came in a part `files[key]`. */
export interface UploadedFile {
  readonly key: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

const DEFAULT_AUTO_ARCHIVE_MINUTES = 4_320;

/** The state of a thread just started by `ownerId`. */
export function newThread(ownerId: string, nowMs: number, autoArchiveMinutes?: number): ThreadState {
  return {
    archived: false,
    locked: false,
    autoArchiveMinutes: autoArchiveMinutes ?? DEFAULT_AUTO_ARCHIVE_MINUTES,
    ownerId,
    createdAtMs: nowMs,
    messageCount: 0,
  };
}

/**
 * Saves a message in a channel or thread and returns it. In a forum it starts the post named `thread_name`, whose id is
 * the message's, and stands in there. An archived thread is opened again.
 */
export function postMessage(
  world: World,
  place: { readonly channel: SandboxChannel; readonly webhook: SandboxWebhook | undefined },
  body: CheckedBody,
): StoredMessage {
  const { channel, webhook } = place;
  const id = world.ids.next(world.now());
  const author = authorOf(world, webhook, body.form);
  const home =
    channel.type === ChannelType.GuildForum ? startForumPost(world, { id, channel, author, body }) : channel;
  if (home.thread) {
    home.thread.archived = false;
    home.thread.messageCount += 1;
  }
  const message: StoredMessage = {
    id,
    channelId: home.id,
    webhookId: webhook?.id ?? null,
    author,
    ...contentOf(world, body, webhook ? "webhook" : "bot"),
    createdAtMs: world.now(),
    editedAtMs: null,
    nonce: body.form.nonce,
    reactions: new Map(),
    threadId: null,
    raw: body.raw,
    userAgent: body.userAgent,
  };
  world.log.add(message);
  return message;
}

/** The message with the properties of the body put in place; what the body leaves out stays. */
export function editedMessage(world: World, message: StoredMessage, body: CheckedBody): StoredMessage {
  const { form } = body;
  const next = contentOf(world, body, message.webhookId ? "webhook" : "bot");
  const content = form.content ?? message.content;
  const components = form.components ?? message.components;
  const keptIds = form.attachments?.map(({ id }) => id);
  const kept = message.files.filter(({ id }) => !keptIds || keptIds.includes(id));
  return {
    ...message,
    content,
    components,
    embeds: form.embeds ?? message.embeds,
    files: [...kept, ...next.files],
    flags: form.flags || message.flags,
    mentions: resolveMentions(
      `${content}\n${displayedText(components)}`,
      form.allowedMentions,
      message.webhookId ? "webhook" : "bot",
    ),
    editedAtMs: world.now(),
    raw: body.raw,
  };
}

/** Whether nothing would be shown: https://discord.com/developers/docs/resources/webhook#execute-webhook */
export function isEmptyMessage(
  message: Pick<StoredMessage, "content" | "embeds" | "components" | "files" | "poll">,
): boolean {
  const { content, embeds, components, files, poll } = message;
  return content === "" && embeds.length === 0 && components.length === 0 && files.length === 0 && !poll;
}

/** The parts of a message which its body decides. */
export function contentOf(
  world: World,
  body: CheckedBody,
  sender: "webhook" | "bot",
): Pick<StoredMessage, "content" | "embeds" | "components" | "files" | "poll" | "flags" | "mentions"> {
  const { form } = body;
  const content = form.content ?? "";
  const components = form.components ?? [];
  return {
    content,
    components,
    embeds: form.embeds ?? [],
    files: body.files.map((file) => storeFile(world, form, file)),
    poll: form.poll,
    flags: form.flags,
    mentions: resolveMentions(`${content}\n${displayedText(components)}`, form.allowedMentions, sender),
  };
}

function storeFile(world: World, form: MessageForm, file: UploadedFile): StoredFile {
  const note = form.attachments?.find(({ id }) => id === file.key);
  return {
    id: world.ids.next(world.now()),
    fileName: note?.fileName ?? file.fileName,
    contentType: file.contentType,
    bytes: file.bytes,
    ...(note?.description !== undefined && { description: note.description }),
  };
}

function authorOf(world: World, webhook: SandboxWebhook | undefined, form: MessageForm): MessageAuthor {
  if (!webhook) return { id: world.guild.botId, name: world.guild.botName, avatarUrl: null };
  return { id: webhook.id, name: form.username ?? webhook.name, avatarUrl: form.avatarUrl ?? null };
}

function startForumPost(
  world: World,
  post: {
    readonly id: string;
    readonly channel: SandboxChannel;
    readonly author: MessageAuthor;
    readonly body: CheckedBody;
  },
): SandboxChannel {
  const { id, channel, author, body } = post;
  const name = body.form.threadName ?? "";
  const thread = world.guild.createThread({
    id,
    name,
    parentId: channel.id,
    state: newThread(author.id, world.now()),
  });
  world.log.announce({ kind: "channels" });
  return thread;
}
