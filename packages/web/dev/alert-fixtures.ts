import type { Channel, Notification } from "../src/api/channels.js";
import type { HistoryEntry, Rule } from "../src/api/rules.js";
import { makeIssue } from "./issue-fixtures.js";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const plain = {
  mutedUntil: null,
  enabled: true,
  origin: "api" as const,
  dateCreated: ago(90_000),
  dateUpdated: ago(4_000),
};

/** Rules as teams write them; one muted, one off, one failing. */
export const rules: Rule[] = [
  {
    ...plain,
    id: "1",
    slug: "critical-errors",
    name: "Critical errors to Discord",
    origin: "file",
    lastFired: ago(3),
    fired24h: 14,
    failed24h: 0,
    definition: {
      project: "checkout",
      environment: "production",
      when: ["first_seen", "regression"],
      if: [{ level: ["error", "fatal"] }],
      notify: [
        {
          channel: "sentry-critical",
          tags: ["environment", "level", "transaction", "correlation_id"],
          mention: "@here",
        },
      ],
      interval: "1h",
      runbook: "https://wiki.example.com/runbooks/checkout",
      owner: "Payments",
      description:
        "Look at the acquirer's status page first. Escalate to the on-call of Payments after ten minutes.",
    },
  },
  {
    ...plain,
    id: "2",
    slug: "all-errors",
    name: "All errors",
    lastFired: ago(41),
    fired24h: 122,
    failed24h: 3,
    definition: {
      project: "*",
      when: ["first_seen"],
      if: [{ level: { gte: "warning" } }],
      notify: [{ channel: "sentry-errors", tags: ["environment", "level", "transaction"] }],
      interval: "24h",
    },
  },
  {
    ...plain,
    id: "3",
    slug: "burst",
    name: "Burst of one error",
    mutedUntil: new Date(Date.now() + 4_200_000).toISOString(),
    lastFired: ago(600),
    fired24h: 1,
    definition: {
      project: ["storefront", "worker"],
      when: [{ event_frequency: { count: 10, per: "5m" } }, { user_frequency: { count: 50, per: "1h" } }],
      none: [{ tag: { key: "customer_id", op: "in", value: ["internal", "test"] } }],
      notify: [{ channel: "sentry-errors" }, { channel: "on-call", mention: "<@&123456789012>" }],
      interval: "30m",
    },
  },
  {
    ...plain,
    id: "4",
    slug: "quiet",
    name: "Escalating at night",
    enabled: false,
    lastFired: null,
    fired24h: 0,
    definition: { project: "ledger", when: ["escalating"], notify: [{ channel: "on-call" }], interval: "4h" },
  },
];

/** Channels in every state. */
export const channels: Channel[] = [
  {
    id: "1",
    name: "sentry-critical",
    type: "discord",
    status: "active",
    statusReason: null,
    statusAt: null,
    secretHint: "…/1189302/••••fQ2k",
    config: {},
    origin: "file",
    dateCreated: ago(90_000),
    lastDelivery: { at: ago(3), outcome: "delivered", reason: null },
  },
  {
    id: "2",
    name: "sentry-errors",
    type: "discord",
    status: "active",
    statusReason: null,
    statusAt: null,
    secretHint: "…/1189307/••••m01X",
    config: {},
    origin: "api",
    dateCreated: ago(90_000),
    lastDelivery: { at: ago(41), outcome: "failed", reason: "Discord answered 503 four times" },
  },
  {
    id: "3",
    name: "on-call",
    type: "discord_bot",
    status: "disabled",
    statusReason:
      "Discord answered 404 with code 10003: the channel 118930991 does not exist, or the bot cannot see it. Check the channel id, then enable it again.",
    statusAt: ago(300),
    secretHint: null,
    config: { channelId: "118930991" },
    origin: "api",
    dateCreated: ago(50_000),
    lastDelivery: { at: ago(300), outcome: "failed", reason: "unknown channel" },
  },
];

const outcomes = [
  "fired",
  "fired",
  "throttled",
  "fired",
  "muted",
  "fired",
  "stopped",
  "test",
  "throttled",
] as const;
const reasons: Readonly<Record<string, string>> = {
  fired: "new issue",
  throttled: "fired for this issue 12m ago; the interval is 1h",
  muted: "muted until 18:00",
  stopped: "all alerts are stopped",
  test: "sent by Ada Lindqvist",
};

/** What the rules did lately. */
export function historyRows(rule: string | null): HistoryEntry[] {
  return Array.from({ length: 24 }, (_, index) => {
    const outcome = outcomes[index % outcomes.length] ?? "fired";
    const issue = makeIssue(index);
    const failed = index % 7 === 3;
    const sent = outcome === "fired" || outcome === "test";
    return {
      id: `${rule ?? "all"}-${index}`,
      dateCreated: ago(3 + index * index * 4),
      outcome,
      reason: failed
        ? "regression: resolved in checkout@4.18.1, came back in checkout@4.18.2"
        : (reasons[outcome] ?? ""),
      ...(outcome === "throttled" ? { count: 3 + index } : {}),
      rule: { id: "1", name: "Critical errors to Discord" },
      issue: outcome === "test" ? null : { id: issue.id, shortId: issue.shortId, title: issue.title },
      eventId: null,
      notifications: sent
        ? [
            {
              id: String(index),
              channel: { id: "1", name: failed ? "sentry-errors" : "sentry-critical" },
              state: failed ? "failed" : "delivered",
              attempts: failed ? 4 : 1,
              lastError: failed ? "Discord answered 503 four times; the last try was at 12:04:31" : null,
              deliveredAt: failed ? null : ago(3 + index * index * 4),
            },
          ]
        : [],
    };
  });
}

const asked = new Map<string, number>();

/** A test message that is on its way for a second, then delivered; those to on-call fail. */
export function notification(id: string): Notification {
  const count = (asked.get(id) ?? 0) + 1;
  asked.set(id, count);
  const done = count > 2;
  const failed = id.endsWith("3");
  const state = done ? (failed ? "failed" : "delivered") : "sending";
  return {
    id,
    state,
    attempts: done ? 1 : 0,
    lastError: done && failed ? "Discord does not know this channel (404, code 10003)." : null,
    createdAt: ago(0),
    deliveredAt: done && !failed ? ago(0) : null,
    channel: { id: "1", name: failed ? "on-call" : "sentry-critical" },
    deliveries: done
      ? [
          {
            attempt: 1,
            at: ago(0),
            outcome: state,
            httpStatus: failed ? 404 : 204,
            reason: null,
            durationMs: 231,
          },
        ]
      : [],
  };
}
