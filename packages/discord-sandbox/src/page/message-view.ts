import type { FeedMessage } from "../http/feed.js";
import { componentViews } from "./component-view.js";
import { element, image } from "./elements.js";
import { embedViews, type FileUrls } from "./embed-view.js";
import { richText } from "./rich-text.js";
import { messageTime } from "./times.js";

const SUPPRESS_EMBEDS = 1 << 2;
const SILENT = 1 << 12;
const AVATAR_HUES = 6;

/** One message. `isContinued`: the one before is from the same author, so the head is left out. */
export function messageView(
  message: FeedMessage,
  options: { readonly isContinued: boolean; readonly openThread: (threadId: string) => void },
): HTMLElement {
  const files: FileUrls = new Map(
    message.attachments.map((file) => [String(file["filename"]), String(file["url"])]),
  );
  const { mentionsResolved: pinged } = message;
  const pings = pinged.everyone || pinged.here || pinged.users.length > 0 || pinged.roles.length > 0;
  const body = element(
    "div",
    "message-body",
    !options.isContinued && headView(message),
    message.content !== "" && contentView(message),
    ...((message.flags & SUPPRESS_EMBEDS) === 0 ? embedViews(message.embeds, files) : []),
    ...attachmentViews(message),
    ...componentViews(message.components, files),
    message.reactions.length > 0 && reactionsView(message),
    message.thread && threadView(message.thread, options.openThread),
  );
  const view = element(
    "div",
    "message",
    options.isContinued ? shortTime(message) : avatarView(message),
    body,
  );
  view.id = `message-${message.id}`;
  view.classList.toggle("continued", options.isContinued);
  view.classList.toggle("pinging", pings);
  if (pings) view.title = `Notifies ${describePings(message)}`;
  return view;
}

function headView(message: FeedMessage): HTMLElement {
  const time = element("time", "message-time", messageTime(message.createdAt, Date.now()));
  time.dateTime = message.createdAt;
  const silent = (message.flags & SILENT) !== 0 && element("span", "silent", "🔕");
  return element(
    "div",
    "message-head",
    element("span", "author", message.username),
    element("span", "badge", "APP"),
    time,
    silent,
  );
}

function contentView(message: FeedMessage): HTMLElement {
  const edited = message.editedAt !== null && element("span", "edited", " (edited)");
  return element("div", "content", richText(message.content), edited);
}

function avatarView(message: FeedMessage): HTMLElement {
  const initials = message.username
    .split(/[\s._-]+/)
    .map((word) => /./u.exec(word)?.[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();
  const hue =
    Array.from(message.username, (letter) => letter.codePointAt(0) ?? 0).reduce(
      (sum, code) => sum + code,
      0,
    ) % AVATAR_HUES;
  const picture = message.avatarUrl !== null && image(message.avatarUrl, "", "");
  const avatar = element("div", `avatar hue-${hue}`, element("span", "", initials || "?"), picture);
  avatar.ariaHidden = "true";
  return avatar;
}

function shortTime(message: FeedMessage): HTMLElement {
  return element(
    "time",
    "short-time",
    new Date(message.createdAt).toLocaleTimeString("en-GB", { timeStyle: "short" }),
  );
}

function attachmentViews(message: FeedMessage): readonly HTMLElement[] {
  const inEmbeds = JSON.stringify([message.embeds, message.components]);
  return message.attachments
    .filter((file) => !inEmbeds.includes(`attachment://${String(file["filename"])}`))
    .map((file) => {
      const name = String(file["filename"]);
      if (String(file["content_type"]).startsWith("image/"))
        return image(String(file["url"]), "embed-image", name);
      const link = element("a", "", name);
      link.href = String(file["url"]);
      return element("div", "file", link, element("span", "file-size", ` ${String(file["size"])} bytes`));
    });
}

function reactionsView(message: FeedMessage): HTMLElement {
  const chips = message.reactions.map(({ emoji, count }) => element("span", "reaction", `${emoji} ${count}`));
  return element("div", "reactions", ...chips);
}

function threadView(
  thread: NonNullable<FeedMessage["thread"]>,
  open: (threadId: string) => void,
): HTMLElement {
  const count = thread.messageCount === 1 ? "1 message ›" : `${thread.messageCount} messages ›`;
  const button = element(
    "button",
    "thread",
    element("strong", "", thread.name),
    element("span", "thread-count", count),
  );
  button.type = "button";
  button.addEventListener("click", () => open(thread.id));
  return button;
}

function describePings(message: FeedMessage): string {
  const { everyone, here, users, roles } = message.mentionsResolved;
  return [
    everyone && "@everyone",
    here && "@here",
    users.length > 0 && `${users.length} user(s)`,
    roles.length > 0 && `${roles.length} role(s)`,
  ]
    .filter(Boolean)
    .join(", ");
}
