import type { APIEmbed, APIEmbedField } from "discord-api-types/v10";
import { element, externalLink, image } from "./elements.js";
import { richText } from "./rich-text.js";
import { messageTime } from "./times.js";

/** Finds the address of an uploaded file by name, for `attachment://name`. */
export type FileUrls = ReadonlyMap<string, string>;

/** The embeds of a message. Of several with one address only the first is shown, as Discord does. */
export function embedViews(embeds: readonly APIEmbed[], files: FileUrls): readonly HTMLElement[] {
  const shown = embeds.filter(
    (embed, index) => embed.url === undefined || embeds.findIndex((each) => each.url === embed.url) === index,
  );
  return shown.map((embed) => embedView(embed, files));
}

function embedView(embed: APIEmbed, files: FileUrls): HTMLElement {
  const grid = element(
    "div",
    "embed-body",
    embed.author && authorView(embed.author, files),
    embed.title !== undefined && titleView(embed.title, embed.url),
    embed.description !== undefined && element("div", "embed-description", richText(embed.description)),
    embed.fields && fieldsView(embed.fields),
    embed.image && image(resolve(embed.image.url, files), "embed-image", ""),
    footerView(embed, files),
  );
  const view = element(
    "article",
    "embed",
    grid,
    embed.thumbnail && image(resolve(embed.thumbnail.url, files), "embed-thumbnail", ""),
  );
  if (embed.color !== undefined)
    view.style.setProperty("--bar", `#${embed.color.toString(16).padStart(6, "0")}`);
  return view;
}

function titleView(title: string, url: string | undefined): HTMLElement {
  return url === undefined
    ? element("div", "embed-title", richText(title))
    : element("div", "embed-title", externalLink(url, "", richText(title)));
}

function authorView(author: NonNullable<APIEmbed["author"]>, files: FileUrls): HTMLElement {
  const name =
    author.url === undefined ? element("span", "", author.name) : externalLink(author.url, "", author.name);
  const icon = author.icon_url !== undefined && image(resolve(author.icon_url, files), "embed-icon", "");
  return element("div", "embed-author", icon, name);
}

/** Up to three fields which stand inline share a row; any other has a row of its own. */
function fieldsView(fields: readonly APIEmbedField[]): HTMLElement {
  const view = element("div", "embed-fields");
  let row: HTMLElement[] = [];
  const closeRow = (): void => {
    const span = row.length === 2 ? 6 : row.length === 1 && row[0]?.classList.contains("wide") ? 12 : 4;
    for (const cell of row) cell.classList.add(`span-${span}`);
    view.append(...row);
    row = [];
  };
  for (const field of fields) {
    const cell = element(
      "div",
      "embed-field",
      element("div", "field-name", richText(field.name)),
      fieldValue(field.value),
    );
    if (field.inline !== true) {
      closeRow();
      cell.classList.add("wide");
    }
    row.push(cell);
    if (row.length === 3 || field.inline !== true) closeRow();
  }
  closeRow();
  return view;
}

function fieldValue(value: string): HTMLElement {
  return element("div", "field-value", richText(value));
}

function footerView(embed: APIEmbed, files: FileUrls): HTMLElement | undefined {
  const time = embed.timestamp === undefined ? undefined : messageTime(embed.timestamp, Date.now());
  if (!embed.footer && time === undefined) return undefined;
  const icon = embed.footer?.icon_url;
  const text = [embed.footer?.text, time].filter((part) => part !== undefined).join(" • ");
  return element(
    "div",
    "embed-footer",
    icon !== undefined && image(resolve(icon, files), "embed-icon", ""),
    text,
  );
}

function resolve(url: string, files: FileUrls): string {
  return url.startsWith("attachment://") ? (files.get(url.slice("attachment://".length)) ?? "data:,") : url;
}
