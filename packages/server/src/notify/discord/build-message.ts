import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIAllowedMentions,
  type APIButtonComponent,
  type APIEmbed,
} from "discord-api-types/v10";
import type { Message, MessageForm } from "../port.js";
import { codeExcerpt } from "./code-excerpt.js";
import { cutText } from "./cut-text.js";
import { escapeLine, escapeText } from "./escape.js";
import { messageFields } from "./fields.js";
import { fitEmbed } from "./fit-embed.js";
import { LIMITS } from "./limits.js";
import { linkAddress } from "./link-address.js";
import { mentioning } from "./mention.js";

/** The parts of a message that a webhook and a bot share. */
interface DiscordBody {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIActionRowComponent<APIButtonComponent>[];
  readonly allowed_mentions: APIAllowedMentions;
}

/** One colour per level, told apart by people who see red and green alike: they differ in brightness as well. */
const colors: Readonly<Record<string, number>> = {
  debug: 0x9aa5b1,
  info: 0x3b82f6,
  warning: 0xf5b324,
  error: 0xe5484d,
  fatal: 0x9f1239,
};
const testColor = 0x8b5cf6;
const maxValueLength = 1_000;

/**
 * Writes the message in Discord's form. Whatever the event holds, the result is within Discord's limits, mentions
 * nobody but those the rule names, and shows text of the event as text.
 */
export function buildMessage(message: Message, form: MessageForm): DiscordBody {
  const mention = mentioning(message.payload.mention);
  if (form === "plain") {
    return { content: plainText(message, mention.text), allowed_mentions: mention.allowed };
  }
  const buttons = linkButtons(message);
  return {
    ...(mention.text !== "" && { content: mention.text }),
    embeds: [embedOf(message)],
    ...(buttons.length > 0 && { components: [{ type: ComponentType.ActionRow, components: buttons }] }),
    allowed_mentions: mention.allowed,
  };
}

/** A title for a post in a forum, which cannot do without one. */
export function threadName(message: Message): string {
  return cutText(escapeText(titleOf(message), "plain"), LIMITS.threadName) || "Alert";
}

function embedOf(message: Message): APIEmbed {
  const { payload, excerpt, links } = message;
  const { place, block } = codeExcerpt(excerpt?.frame ?? null, excerpt?.platform ?? null);
  const url = linkAddress(links.page, LIMITS.url);
  const value = cutText(escapeText(valueOf(message)), maxValueLength);
  return fitEmbed({
    author: cutText(escapeText(headline(message), "plain"), LIMITS.author),
    title: escapeLine(titleOf(message)),
    url,
    paragraphs: [
      ...(payload.kind === "test"
        ? ["*This is a test. Nothing is wrong and nothing needs to be done.*"]
        : []),
      value,
      [place === "" ? culpritLine(message) : place, excerpt?.unhandled === true ? "unhandled" : ""]
        .filter((part) => part !== "")
        .join(" · "),
      block,
      // Discord refuses such an address as a link, but whoever runs a server at home wants to see it.
      url === null && links.page.length < 300 ? `Open ${links.page}` : "",
    ],
    fields: messageFields(message),
    footer: footerOf(message),
    color: colorOf(message),
    timestamp: payload.event?.timestamp ?? payload.firedAt,
  });
}

function colorOf({ payload }: Message): number {
  if (payload.kind === "test") return testColor;
  const level = payload.event?.level ?? payload.issue?.level ?? "error";
  return colors[level] ?? colors["error"] ?? testColor;
}

/** `New issue in Checkout`, above the title. */
function headline({ payload }: Message): string {
  const { reason, project, kind } = payload;
  const what = kind === "test" ? "Test notification" : reason.charAt(0).toUpperCase() + reason.slice(1);
  return project.name === "" ? what : `${what} · ${project.name}`;
}

/** The exception's type where the event can be read, since its value stands below; else the issue's title. */
function titleOf({ payload, excerpt }: Message): string {
  const fromEvent = excerpt !== null && excerpt.value !== null ? excerpt.exceptionType : null;
  const title = fromEvent ?? payload.issue?.title ?? "";
  if (title.trim() !== "") return title;
  return payload.kind === "test" ? "Alerts reach this channel" : "Untitled issue";
}

function valueOf(message: Message): string {
  const { payload, excerpt } = message;
  if (payload.issue === null && payload.kind === "test") {
    return `The rule “${payload.rule.name}” of Vedette sends its messages here.`;
  }
  const value = excerpt?.value ?? "";
  return value.trim() === titleOf(message).trim() ? "" : value;
}

function culpritLine({ payload }: Message): string {
  const culprit = escapeLine(payload.issue?.culprit ?? "");
  return culprit === "" ? "" : `in ${cutText(culprit, 200)}`;
}

function footerOf({ payload }: Message): string {
  const parts = [payload.issue?.shortId ?? "", payload.project.slug, "Vedette"];
  return cutText(escapeText(parts.filter((part) => part !== "").join(" · "), "plain"), 300);
}

function linkButtons({ payload, links }: Message): APIButtonComponent[] {
  const button = (label: string, address: string | null): APIButtonComponent[] => {
    const url = linkAddress(address, LIMITS.buttonUrl);
    return url === null ? [] : [{ type: ComponentType.Button, style: ButtonStyle.Link, label, url }];
  };
  return [
    ...button(payload.issue === null ? "Open Vedette" : "View issue", links.page),
    ...button("Runbook", links.runbook),
  ];
}

/** What is left when Discord refuses the full form: who, what, where to look. */
function plainText(message: Message, mention: string): string {
  const { payload, links } = message;
  const lines = [
    mention,
    `**${cutText(escapeLine(headline(message)), 200)}**`,
    cutText(escapeLine(titleOf(message)), 400),
    cutText(escapeLine(valueOf(message)), 400),
    `Rule: ${cutText(escapeLine(payload.rule.name), 150)}`,
    links.page.length <= LIMITS.buttonUrl ? `<${links.page}>` : "",
  ];
  return cutText(lines.filter((line) => line !== "").join("\n"), LIMITS.content);
}
