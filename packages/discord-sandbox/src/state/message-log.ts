import type { APIEmbed } from "discord-api-types/v10";
import type { ResolvedMentions } from "../rules/mentions.js";

/** A file that came with a message. Its bytes are kept only while the message is. */
export interface StoredFile {
  readonly id: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly description?: string;
  readonly bytes: Buffer;
}

/** Who a message is shown to be from. */
export interface MessageAuthor {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl: string | null;
}

/** One accepted message as the stand-in keeps it. */
export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  readonly webhookId: string | null;
  readonly author: MessageAuthor;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly unknown[];
  readonly files: readonly StoredFile[];
  readonly poll: unknown;
  readonly flags: number;
  readonly mentions: ResolvedMentions;
  readonly createdAtMs: number;
  readonly editedAtMs: number | null;
  readonly nonce: string | number | undefined;
  /** Emoji to number of reactions. */
  readonly reactions: ReadonlyMap<string, number>;
  /** The thread started from this message. */
  readonly threadId: string | null;
  /** The body of the call that made or last changed the message, as received. */
  readonly raw: unknown;
  readonly userAgent: string;
}

/** What subscribers hear. */
export type LogEvent =
  | { readonly kind: "message" | "edit"; readonly message: StoredMessage }
  | { readonly kind: "delete"; readonly message: StoredMessage }
  | { readonly kind: "channels" }
  | { readonly kind: "reset" };

/** Discord says "the last few minutes" for a repeated nonce. */
const NONCE_MEMORY_MS = 5 * 60_000;
/** Uploaded bytes kept over all messages; the oldest messages lose their files first. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** The last messages in order of arrival, bounded, and whoever listens to them. */
export class MessageLog {
  readonly #maxMessages: number;
  readonly #messages = new Map<string, StoredMessage>();
  readonly #nonces = new Map<string, { readonly messageId: string; readonly atMs: number }>();
  readonly #listeners = new Set<(event: LogEvent) => void>();
  #fileBytes = 0;

  /** `maxMessages`: the oldest message is forgotten when there would be one more. */
  constructor(maxMessages: number) {
    this.#maxMessages = maxMessages;
  }

  /** All kept messages, oldest first. */
  all(): readonly StoredMessage[] {
    return [...this.#messages.values()];
  }

  /** The message with this id, if kept. */
  get(id: string): StoredMessage | undefined {
    return this.#messages.get(id);
  }

  /** Appends a message and tells the listeners. */
  add(message: StoredMessage): void {
    this.#messages.set(message.id, message);
    this.#fileBytes += bytesOf(message);
    this.#forgetOldest();
    this.announce({ kind: "message", message });
  }

  /** Puts a changed message in place of the one with the same id. */
  replace(message: StoredMessage): void {
    const before = this.#messages.get(message.id);
    if (!before) return;
    this.#fileBytes += bytesOf(message) - bytesOf(before);
    this.#messages.set(message.id, message);
    this.announce({ kind: "edit", message });
  }

  /** Removes a message; nothing happens when it is not there. */
  remove(id: string): void {
    const message = this.#messages.get(id);
    if (!message) return;
    this.#messages.delete(id);
    this.#fileBytes -= bytesOf(message);
    this.announce({ kind: "delete", message });
  }

  /** The message first sent with this key in the last five minutes, if it is still kept. */
  byNonce(key: string, nowMs: number): StoredMessage | undefined {
    const known = this.#nonces.get(key);
    if (!known || nowMs - known.atMs > NONCE_MEMORY_MS) return undefined;
    return this.#messages.get(known.messageId);
  }

  /** Remembers the key for five minutes and drops the keys that are older. */
  rememberNonce(key: string, messageId: string, nowMs: number): void {
    for (const [old, { atMs }] of this.#nonces) {
      if (nowMs - atMs <= NONCE_MEMORY_MS) break;
      this.#nonces.delete(old);
    }
    this.#nonces.delete(key);
    this.#nonces.set(key, { messageId, atMs: nowMs });
  }

  /** Calls the listener for every event until the returned function is called. */
  subscribe(listener: (event: LogEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners about something that is not a message. */
  announce(event: LogEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Forgets all messages and nonces; listeners stay. */
  clear(): void {
    this.#messages.clear();
    this.#nonces.clear();
    this.#fileBytes = 0;
    this.announce({ kind: "reset" });
  }

  #forgetOldest(): void {
    for (const [id, message] of this.#messages) {
      if (this.#messages.size > this.#maxMessages) this.#messages.delete(id);
      else if (this.#fileBytes > MAX_FILE_BYTES) this.#messages.set(id, { ...message, files: [] });
      else return;
      this.#fileBytes -= bytesOf(message);
    }
  }
}

function bytesOf(message: StoredMessage): number {
  return message.files.reduce((sum, file) => sum + file.bytes.length, 0);
}
