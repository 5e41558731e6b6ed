import type { FeedChannel, FeedMessage } from "../http/feed.js";
import { element } from "./elements.js";
import { messageView } from "./message-view.js";
import { refreshTimes } from "./rich-text.js";

interface PageState {
  channels: readonly FeedChannel[];
  messages: FeedMessage[];
  selected: string;
}

const SHOWN_MESSAGES = 500;
const GROUP_MS = 7 * 60_000;
const NEAR_END_PX = 120;
const SEEN_KEY = "discord-sandbox-seen";

const state: PageState = { ...(JSON.parse(region("state").textContent) as PageState), selected: "" };
/** The last message seen in each channel; kept in the browser, so that a visit counts what came since the one before. */
const seen = new Map<string, string>(
  JSON.parse(localStorage.getItem(SEEN_KEY) ?? "[]") as [string, string][],
);
let drawing = false;

state.selected = decodeURIComponent(location.hash.slice(1)) || (state.channels[0]?.channelId ?? "");
draw();
jumpToEnd();
listen();
setInterval(() => refreshTimes(document, Date.now()), 10_000);
addEventListener("hashchange", () => select(decodeURIComponent(location.hash.slice(1))));

function region(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`#${id}`);
  if (!found) throw new Error(`The page has no element ${id}`);
  return found;
}

function select(channelId: string): void {
  state.selected = channelId;
  draw();
  jumpToEnd();
}

function listen(): void {
  const stream = new EventSource("/messages/stream");
  const on = (name: string, apply: (data: never) => void): void =>
    stream.addEventListener(name, (event) => {
      apply(JSON.parse((event as MessageEvent<string>).data) as never);
      scheduleDraw();
    });
  on("message", (message: FeedMessage) => {
    state.messages = [...state.messages, message].slice(-SHOWN_MESSAGES);
  });
  on("edit", (message: FeedMessage) => {
    state.messages = state.messages.map((each) => (each.id === message.id ? message : each));
  });
  on("delete", (message: FeedMessage) => {
    state.messages = state.messages.filter(({ id }) => id !== message.id);
  });
  on("channels", ({ channels }: { channels: readonly FeedChannel[] }) => {
    state.channels = channels;
  });
  on("reset", ({ channels }: { channels: readonly FeedChannel[] }) => {
    state.channels = channels;
    state.messages = [];
    seen.clear();
  });
  stream.addEventListener("open", () => document.body.classList.remove("offline"));
  stream.addEventListener("error", () => document.body.classList.add("offline"));
}

/** Many events within a frame are drawn once. */
function scheduleDraw(): void {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    const list = region("messages");
    const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
    draw();
    if (wasAtEnd) jumpToEnd();
  });
}

function jumpToEnd(): void {
  const list = region("messages");
  list.scrollTop = list.scrollHeight;
}

function draw(): void {
  markSeen();
  region("channels").replaceChildren(...channelColumn());
  const selected = state.channels.find(({ channelId }) => channelId === state.selected);
  const name = selected?.name ?? "no channel";
  region("head").replaceChildren(
    element("span", "hash", selected?.parentChannelId ? "🧵" : "#"),
    element("h1", "", name),
    element(
      "span",
      "chat-topic",
      selected && !selected.parentChannelId && !selected.webhookUrl
        ? "The webhook of this channel was deleted"
        : "",
    ),
    element("span", "live", "Live"),
  );
  region("messages").replaceChildren(...messageList(name));
  region("foot").textContent = selected ? `Messages reach #${name} through its webhook` : "";
  const total = state.channels.reduce((sum, { channelId }) => sum + unreadCount(channelId), 0);
  document.title = `${total > 0 ? `(${total}) ` : ""}#${name} | Discord sandbox`;
}

function markSeen(): void {
  const last = state.messages.findLast(({ channelId }) => channelId === state.selected);
  if (!last || seen.get(state.selected) === last.id) return;
  seen.set(state.selected, last.id);
  localStorage.setItem(SEEN_KEY, JSON.stringify([...seen]));
}

/** Ids rise with time, so whatever has a greater one has not been seen. */
function unreadCount(channelId: string): number {
  const lastSeen = BigInt(seen.get(channelId) ?? 0);
  return state.messages.filter((each) => each.channelId === channelId && BigInt(each.id) > lastSeen).length;
}

function channelColumn(): readonly HTMLElement[] {
  const nodes: HTMLElement[] = [element("div", "server", "Discord sandbox")];
  const channels = state.channels.filter(({ parentChannelId }) => !parentChannelId);
  for (const category of new Set(channels.map((each) => each.category))) {
    nodes.push(element("div", "category", element("span", "caret", "⌄"), category ?? ""));
    for (const channel of channels.filter((each) => each.category === category)) {
      nodes.push(channelLink(channel));
      const threads = state.channels.filter(({ parentChannelId }) => parentChannelId === channel.channelId);
      nodes.push(...threads.map(channelLink));
    }
  }
  return nodes;
}

function channelLink(channel: FeedChannel): HTMLElement {
  const count = unreadCount(channel.channelId);
  const isThread = channel.parentChannelId !== null;
  const link = element(
    "a",
    isThread ? "channel thread-link" : "channel",
    element("span", "hash", isThread ? "↳" : channel.type === 15 ? "▤" : "#"),
    element("span", "channel-name", channel.name),
    count > 0 && element("span", "count", String(count)),
  );
  link.href = `#${channel.channelId}`;
  link.classList.toggle("selected", channel.channelId === state.selected);
  link.classList.toggle("unread", count > 0);
  return link;
}

function messageList(name: string): readonly HTMLElement[] {
  const messages = state.messages.filter(({ channelId }) => channelId === state.selected);
  const welcome = element(
    "div",
    "welcome",
    element("div", "welcome-sign", "#"),
    element("h2", "", `Welcome to #${name}!`),
    element(
      "p",
      "",
      messages.length === 0
        ? "Nothing has been sent here yet."
        : `This is the start of the #${name} channel.`,
    ),
  );
  const nodes: HTMLElement[] = [welcome];
  let previous: FeedMessage | undefined;
  for (const message of messages) {
    if (dayOf(previous) !== dayOf(message))
      nodes.push(element("div", "day", element("span", "", dayOf(message))));
    nodes.push(
      messageView(message, { isContinued: isContinued(previous, message), openThread: openChannel }),
    );
    previous = message;
  }
  return nodes;
}

function openChannel(channelId: string): void {
  location.hash = channelId;
}

function isContinued(previous: FeedMessage | undefined, message: FeedMessage): boolean {
  if (!previous || previous.username !== message.username || dayOf(previous) !== dayOf(message)) return false;
  return Date.parse(message.createdAt) - Date.parse(previous.createdAt) < GROUP_MS;
}

function dayOf(message: FeedMessage | undefined): string {
  return message ? new Date(message.createdAt).toLocaleDateString("en-GB", { dateStyle: "long" }) : "";
}
