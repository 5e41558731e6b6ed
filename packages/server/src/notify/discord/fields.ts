import type { Message } from "../port.js";
import { escapeLine } from "./escape.js";
import { cutText } from "./cut-text.js";
import type { DraftField } from "./fit-embed.js";
import { LIMITS } from "./limits.js";
import { linkAddress } from "./link-address.js";

const maxTagValueLength = 300;
const maxTagNameLength = 100;
/** As many as fit the field with names and reasons cut as below. */
const maxRules = 4;

/** What goes last when room is short. Tags were asked for by name, so they outlive the rest but the first asked. */
const keep = {
  rule: 90,
  tag: 60,
  environment: 55,
  release: 54,
  events: 50,
  users: 49,
  firstSeen: 48,
  owner: 70,
} as const;

/** The embed's fields: the tags the rule asks for in its order, then what every message tells, then who cares. */
export function messageFields(message: Message): readonly DraftField[] {
  const { payload } = message;
  const asked = new Set(payload.tagKeys);
  const tags = payload.tagKeys.flatMap((key, index) => tagField(message, key, index));
  const known = knownFields(message).filter(({ tag }) => tag === null || !asked.has(tag));
  return [...tags, ...known.map(({ field }) => field), ...ruleFields(message)];
}

function tagField(message: Message, key: string, index: number): readonly DraftField[] {
  const value = tagValue(message, key);
  if (value === undefined || value.trim() === "") return [];
  return [
    {
      name: cutText(escapeLine(key), maxTagNameLength),
      value: cutText(escapeLine(value), maxTagValueLength),
      inline: true,
      keep: keep.tag + 1 / (index + 1),
    },
  ];
}

/** A tag by its name, or the event's own property of that name, which SDKs do not send as a tag. */
function tagValue({ payload, excerpt }: Message, key: string): string | undefined {
  const { event } = payload;
  const tag = event !== null && Object.hasOwn(event.tags, key) ? event.tags[key] : undefined;
  if (tag !== undefined) return tag;
  const own: Readonly<Record<string, string | null | undefined>> = {
    environment: event?.environment,
    release: event?.release,
    level: event?.level ?? payload.issue?.level,
    transaction: excerpt?.transaction,
    url: excerpt?.url,
  };
  return Object.hasOwn(own, key) ? (own[key] ?? undefined) : undefined;
}

function knownFields({ payload }: Message): readonly { tag: string | null; field: DraftField }[] {
  const { event, issue } = payload;
  const inline = true;
  const text = (tag: "environment" | "release", name: string) =>
    event === null || event[tag] === ""
      ? []
      : [
          {
            tag,
            field: {
              name,
              value: cutText(escapeLine(event[tag]), maxTagValueLength),
              inline,
              keep: keep[tag],
            },
          },
        ];
  const figure = (name: string, value: string, rank: number) => ({
    tag: null,
    field: { name, value, inline, keep: rank },
  });
  const users = issue?.users ?? null;
  return [
    ...text("environment", "Environment"),
    ...text("release", "Release"),
    ...(issue === null ? [] : [figure("Events", count(issue.timesSeen), keep.events)]),
    ...(users === null ? [] : [figure("Users", count(users), keep.users)]),
    ...(issue === null ? [] : [figure("First seen", relativeTime(issue.firstSeen), keep.firstSeen)]),
  ];
}

function ruleFields({ payload, links }: Message): readonly DraftField[] {
  const { rule, reason, alsoRules = [] } = payload;
  const all = [{ ...rule, reason }, ...alsoRules];
  const rules = all.slice(0, maxRules);
  const more = all.length > maxRules ? `and ${all.length - maxRules} more` : "";
  const why = rules.map(
    (one) =>
      `**${cutText(escapeLine(one.name), 100) || "Unnamed rule"}** · ${cutText(escapeLine(one.reason), 110)}`,
  );
  const owners = [...new Set(rules.flatMap(({ owner }) => owner ?? []))];
  return [
    {
      name: all.length > 1 ? "Rules" : "Rule",
      value: [...why, more, runbookLine(links.runbook)].filter((line) => line !== "").join("\n"),
      inline: false,
      keep: keep.rule,
    },
    ...(owners.length === 0
      ? []
      : [
          {
            name: "Owner",
            value: cutText(escapeLine(owners.join(", ")), 200),
            inline: true,
            keep: keep.owner,
          },
        ]),
  ];
}

/** A button leads to the runbook; as text only the address that a button cannot carry. */
function runbookLine(address: string | null): string {
  if (address === null || linkAddress(address, LIMITS.buttonUrl) !== null) return "";
  return cutText(`Runbook: ${escapeLine(address)}`, 500);
}

function count(value: number): string {
  return Number.isFinite(value) ? Math.max(0, Math.round(value)).toLocaleString("en-US") : "?";
}

/** https://discord.com/developers/docs/reference#message-formatting-timestamp-styles */
function relativeTime(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  return Number.isFinite(seconds) && Math.abs(seconds) < 1e11 ? `<t:${seconds}:R>` : "?";
}
