import { EmbedType, type APIEmbed, type APIEmbedField } from "discord-api-types/v10";
import type { FormErrors, FormPath } from "./form-errors.js";
import {
  quoted,
  readInteger,
  readList,
  readObject,
  readText,
  readUrl,
  type JsonObject,
} from "./form-reader.js";

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const EMBED_LIMITS = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footerText: 2048,
  authorName: 256,
  embeds: 10,
  totalText: 6000,
} as const;

const MAX_COLOR = 0xff_ff_ff;
const IMAGE_SCHEMES = ["http", "https", "attachment"];

/** Checks the embeds of a message, each alone and their text together. Returns them trimmed, without empty ones. */
export function readEmbeds(errors: FormErrors, value: unknown): readonly APIEmbed[] {
  const list = readList(errors, { path: ["embeds"], value, max: EMBED_LIMITS.embeds });
  const embeds = list.map((each, index) => readEmbed(errors, ["embeds", index], each));
  if (embeds.reduce((sum, embed) => sum + textLength(embed), 0) > EMBED_LIMITS.totalText) {
    errors.add(
      ["embeds"],
      "MAX_EMBED_SIZE_EXCEEDED",
      `Embed size exceeds maximum size of ${EMBED_LIMITS.totalText}`,
    );
  }
  return embeds.filter(hasContent);
}

function readEmbed(errors: FormErrors, path: FormPath, value: unknown): APIEmbed {
  const form = readObject(errors, path, value) ?? {};
  const at = (key: string): { path: FormPath; value: unknown } => ({
    path: [...path, key],
    value: form[key],
  });
  return defined<APIEmbed>({
    type: EmbedType.Rich,
    title: readText(errors, { ...at("title"), max: EMBED_LIMITS.title }),
    description: readText(errors, { ...at("description"), max: EMBED_LIMITS.description }),
    url: readUrl(errors, at("url")),
    color: readInteger(errors, { ...at("color"), min: 0, max: MAX_COLOR }),
    timestamp: readTimestamp(errors, [...path, "timestamp"], form["timestamp"]),
    footer: readFooter(errors, [...path, "footer"], form["footer"]),
    author: readAuthor(errors, [...path, "author"], form["author"]),
    image: readImage(errors, [...path, "image"], form["image"]),
    thumbnail: readImage(errors, [...path, "thumbnail"], form["thumbnail"]),
    fields: readFields(errors, [...path, "fields"], form["fields"]),
  });
}

function readFields(errors: FormErrors, path: FormPath, value: unknown): APIEmbedField[] | undefined {
  const list = readList(errors, { path, value, max: EMBED_LIMITS.fields });
  if (list.length === 0) return undefined;
  return list.map((each, index) => {
    const form = readObject(errors, [...path, index], each) ?? {};
    const required = (key: string, max: number): string =>
      readText(errors, { path: [...path, index, key], value: form[key], max, required: true }) ?? "";
    return {
      name: required("name", EMBED_LIMITS.fieldName),
      value: required("value", EMBED_LIMITS.fieldValue),
      inline: form["inline"] === true,
    };
  });
}

function readFooter(errors: FormErrors, path: FormPath, value: unknown): APIEmbed["footer"] {
  const form = readObject(errors, path, value);
  if (!form) return undefined;
  const text = readText(errors, {
    path: [...path, "text"],
    value: form["text"],
    max: EMBED_LIMITS.footerText,
  });
  return text === undefined ? undefined : defined({ text, icon_url: readIcon(errors, path, form) });
}

function readAuthor(errors: FormErrors, path: FormPath, value: unknown): APIEmbed["author"] {
  const form = readObject(errors, path, value);
  if (!form) return undefined;
  const name = readText(errors, {
    path: [...path, "name"],
    value: form["name"],
    max: EMBED_LIMITS.authorName,
  });
  const url = readUrl(errors, { path: [...path, "url"], value: form["url"] });
  return name === undefined ? undefined : defined({ name, url, icon_url: readIcon(errors, path, form) });
}

function readImage(errors: FormErrors, path: FormPath, value: unknown): { url: string } | undefined {
  const form = readObject(errors, path, value);
  if (!form) return undefined;
  const url = readUrl(errors, { path: [...path, "url"], value: form["url"], schemes: IMAGE_SCHEMES });
  return url === undefined ? undefined : { url };
}

function readIcon(errors: FormErrors, path: FormPath, form: JsonObject): string | undefined {
  return readUrl(errors, { path: [...path, "icon_url"], value: form["icon_url"], schemes: IMAGE_SCHEMES });
}

function readTimestamp(errors: FormErrors, path: FormPath, value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const isDate = typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value);
  const time = typeof value === "number" ? value : isDate ? Date.parse(value) : NaN;
  if (Number.isFinite(time) && Math.abs(time) <= 8.64e15) return new Date(time).toISOString();
  errors.add(path, "DATE_TIME_TYPE_PARSE", `Could not parse ${quoted(value)}. Should be ISO8601.`);
  return undefined;
}

function textLength(embed: APIEmbed): number {
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
  for (const field of embed.fields ?? []) texts.push(field.name, field.value);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

/** A colour, a link or a time alone shows nothing, so Discord drops such an embed. */
function hasContent(embed: APIEmbed): boolean {
  const { title, description, footer, author, image, thumbnail, fields } = embed;
  return Boolean(title ?? description ?? footer ?? author ?? image ?? thumbnail ?? fields);
}

/** The object without its undefined properties, as it would travel in JSON. */
function defined<T>(object: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
