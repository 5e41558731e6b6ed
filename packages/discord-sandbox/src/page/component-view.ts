import { element, externalLink, image, type Child } from "./elements.js";
import type { FileUrls } from "./embed-view.js";
import { richText } from "./rich-text.js";

type Json = Readonly<Record<string, unknown>>;

const BUTTON_STYLES = ["", "primary", "secondary", "success", "danger", "link", "premium"];

/** The component tree of a message: rows of buttons and selects, and the parts of V2 messages. */
export function componentViews(components: readonly unknown[], files: FileUrls): readonly HTMLElement[] {
  return components.map((each) => componentView(asJson(each), files));
}

function componentView(component: Json, files: FileUrls): HTMLElement {
  const children = (): readonly HTMLElement[] => componentViews(asList(component["components"]), files);
  switch (component["type"]) {
    case 1:
      return element("div", "component-row", ...children());
    case 2:
      return buttonView(component);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return element(
        "div",
        "select",
        text(component["placeholder"]) || "Make a selection",
        element("span", "chevron", "⌄"),
      );
    case 9:
      return element(
        "div",
        "section",
        element("div", "", ...children()),
        componentView(asJson(component["accessory"]), files),
      );
    case 10:
      return element("div", "text-display", richText(text(component["content"])));
    case 11:
      return image(mediaUrl(component["media"], files), "embed-thumbnail", text(component["description"]));
    case 12:
      return element(
        "div",
        "gallery",
        ...asList(component["items"]).map((item) => galleryImage(asJson(item), files)),
      );
    case 13:
      return element("div", "file", text(asJson(component["file"])["url"]).replace("attachment://", ""));
    case 14:
      return element("hr", component["divider"] === false ? "separator plain" : "separator");
    case 17:
      return containerView(component, children());
    default:
      return element("div", "unknown", `Component of type ${String(component["type"])}`);
  }
}

function buttonView(button: Json): HTMLElement {
  const style = BUTTON_STYLES[Number(button["style"])] ?? "secondary";
  const content: readonly Child[] = [emojiText(button["emoji"]), element("span", "", text(button["label"]))];
  const className = `button ${style}${button["disabled"] === true ? " disabled" : ""}`;
  if (style !== "link") return element("span", className, ...content);
  return externalLink(text(button["url"]), className, ...content, element("span", "out", "↗\uFE0E"));
}

function containerView(container: Json, children: readonly HTMLElement[]): HTMLElement {
  const view = element("div", "container", ...children);
  const color = container["accent_color"];
  if (typeof color === "number") view.style.setProperty("--bar", `#${color.toString(16).padStart(6, "0")}`);
  return view;
}

function galleryImage(item: Json, files: FileUrls): HTMLElement {
  return image(mediaUrl(item["media"], files), "embed-image", text(item["description"]));
}

function mediaUrl(media: unknown, files: FileUrls): string {
  const url = text(asJson(media)["url"]);
  return url.startsWith("attachment://") ? (files.get(url.slice("attachment://".length)) ?? "data:,") : url;
}

function emojiText(emoji: unknown): string {
  const name = text(asJson(emoji)["name"]);
  return name === "" ? "" : `${name} `;
}

function asJson(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
