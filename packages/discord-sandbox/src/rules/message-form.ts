import { MessageFlags, type APIEmbed } from "discord-api-types/v10";
import { readComponents } from "./components.js";
import { readEmbeds } from "./embeds.js";
import { FormErrors } from "./form-errors.js";
import { readInteger, readList, readObject, readText, readUrl, type JsonObject } from "./form-reader.js";
import { readAllowedMentions, type AllowedMentions } from "./mentions.js";
import { readPoll } from "./poll.js";

/** https://discord.com/developers/docs/resources/message#create-message */
export const MESSAGE_LIMITS = {
  content: 2000,
  username: 80,
  threadName: 100,
  nonce: 25,
  attachments: 10,
} as const;

/** Who sends, and what that lets them put into a message. */
export interface MessageRules {
  readonly sender: "webhook" | "bot";
  /** The query parameter of that name. A bot's components always count. */
  readonly withComponents: boolean;
}

/** A file's description from `attachments`, keyed by the number in its part name `files[n]`. */
interface AttachmentNote {
  readonly id: string;
  readonly fileName: string | undefined;
  readonly description: string | undefined;
}

/** A message's body after all checks, trimmed. A property is undefined when the body did not have it. */
export interface MessageForm {
  readonly content: string | undefined;
  readonly embeds: readonly APIEmbed[] | undefined;
  readonly components: readonly unknown[] | undefined;
  readonly username: string | undefined;
  readonly avatarUrl: string | undefined;
  readonly allowedMentions: AllowedMentions | undefined;
  readonly flags: number;
  readonly threadName: string | undefined;
  readonly attachments: readonly AttachmentNote[] | undefined;
  readonly poll: JsonObject | undefined;
  readonly nonce: string | number | undefined;
  readonly enforceNonce: boolean;
}

const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** Checks a message body against every limit. The form is only to be used when `errors` is empty. */
export function readMessageForm(
  body: JsonObject,
  rules: MessageRules,
): { form: MessageForm; errors: FormErrors } {
  const errors = new FormErrors();
  const flags = readFlags(errors, body["flags"]);
  const v2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  if (v2) refuseLegacyFields(errors, body);
  const useComponents = rules.sender === "bot" || rules.withComponents;
  const has = (key: string): boolean => body[key] !== undefined;
  const form: MessageForm = {
    content: has("content")
      ? (text(errors, body, { key: "content", max: MESSAGE_LIMITS.content }) ?? "")
      : undefined,
    embeds: has("embeds") ? readEmbeds(errors, body["embeds"]) : undefined,
    components:
      has("components") && useComponents
        ? readComponents(errors, body["components"], { interactive: rules.sender === "bot", v2 })
        : undefined,
    username: rules.sender === "webhook" ? readUsername(errors, body["username"]) : undefined,
    avatarUrl: readUrl(errors, { path: ["avatar_url"], value: body["avatar_url"] }),
    allowedMentions: readAllowedMentions(errors, body["allowed_mentions"]),
    flags,
    threadName: text(errors, body, { key: "thread_name", max: MESSAGE_LIMITS.threadName }),
    attachments: has("attachments") ? readAttachments(errors, body["attachments"]) : undefined,
    poll: readPoll(errors, body["poll"]),
    nonce: readNonce(errors, body["nonce"]),
    enforceNonce: body["enforce_nonce"] === true,
  };
  return { form, errors };
}

function text(
  errors: FormErrors,
  body: JsonObject,
  { key, max }: { readonly key: string; readonly max: number },
): string | undefined {
  return readText(errors, { path: [key], value: body[key], max });
}

/** Flags that cannot be set are ignored, as Discord ignores them. */
function readFlags(errors: FormErrors, value: unknown): number {
  const flags = readInteger(errors, { path: ["flags"], value, min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0;
  return flags & SETTABLE_FLAGS;
}

function refuseLegacyFields(errors: FormErrors, body: JsonObject): void {
  for (const key of ["content", "embeds", "poll"]) {
    const value = body[key];
    if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0))
      continue;
    const message = `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    errors.add([key], "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
  }
}

/**
 * Reads a name under which a webhook may post: 1 to 80 characters and some forbidden words.
 * https://discord.com/developers/docs/resources/webhook#create-webhook and …/user#usernames-and-nicknames
 */
export function readUsername(errors: FormErrors, value: unknown, key = "username"): string | undefined {
  if (value === undefined || value === null) return undefined;
  const name = readText(errors, { path: [key], value, max: Number.MAX_SAFE_INTEGER }) ?? "";
  if (name.length < 1 || name.length > MESSAGE_LIMITS.username) {
    errors.add([key], "BASE_TYPE_BAD_LENGTH", `Must be between 1 and ${MESSAGE_LIMITS.username} in length.`);
  }
  for (const word of ["clyde", "discord"]) {
    if (!name.toLowerCase().includes(word)) continue;
    errors.add([key], "USERNAME_INVALID_CONTAINS", `Username cannot contain "${word}"`);
  }
  if (["everyone", "here"].includes(name.toLowerCase())) {
    errors.add([key], "USERNAME_INVALID", `Username cannot be "${name}"`);
  }
  return name;
}

function readAttachments(errors: FormErrors, value: unknown): readonly AttachmentNote[] {
  const list = readList(errors, { path: ["attachments"], value, max: MESSAGE_LIMITS.attachments });
  return list.map((each, index) => {
    const path = ["attachments", index];
    const form = readObject(errors, path, each) ?? {};
    const part = (key: string): string | undefined =>
      readText(errors, { path: [...path, key], value: form[key], max: 1024, required: key === "id" });
    return { id: part("id") ?? "", fileName: part("filename"), description: part("description") };
  });
}

function readNonce(errors: FormErrors, value: unknown): string | number | undefined {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  return readText(errors, { path: ["nonce"], value, max: MESSAGE_LIMITS.nonce });
}
