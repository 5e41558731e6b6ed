import type { Issue } from "../src/api/issue.js";
import { channels, historyRows, notification, rules } from "./alert-fixtures.js";
import { eventRows, makeEvent } from "./event-fixtures.js";
import { makeIssue, seriesOf } from "./issue-fixtures.js";
import { audit, keys, members, projects, releases, settings } from "./organization-fixtures.js";

/** A request as the mock sees it; `path` begins after /api/0 and ends with a slash. */
export interface MockRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly scene: string;
}

/** `next` is the cursor of the next page: null on the last one, undefined for lists that are not paged. */
export interface MockAnswer {
  readonly status?: number;
  readonly body?: unknown;
  readonly next?: string | null;
  readonly hits?: number;
}

type Route = (request: MockRequest, match: RegExpExecArray) => MockAnswer;

const issues: Issue[] = Array.from({ length: 3_000 }, (_, index) => makeIssue(index));
const stopped = new Map<string, string | null>();
const notes: unknown[] = [];
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const find = (id: string | undefined) => issues.find((issue) => issue.id === id || issue.shortId === id);
const statusWords: Readonly<Record<string, string>> = {
  unresolved: "unresolved",
  resolved: "resolved",
  archived: "ignored",
};

function listIssues({ query, scene }: MockRequest): MockAnswer {
  if (scene === "empty" || scene === "fresh") return { body: [], next: null, hits: 0 };
  const words = (query.get("query") ?? "").split(/\s+/).filter(Boolean);
  if (words.includes("AND"))
    return {
      status: 400,
      body: { detail: "AND is not part of the issue search; filters are combined by themselves." },
    };
  const wanted = query.getAll("project");
  const found = issues.slice(0, scene === "many" ? 3_000 : 184).filter((issue) => {
    if (wanted.length > 0 && !wanted.includes(issue.project.slug)) return false;
    return words.every((word) => {
      const [key, value = ""] = word.split(":");
      if (key === "is")
        return (
          (statusWords[value] ?? issue.status) === issue.status &&
          (value in statusWords || issue.substatus === value)
        );
      if (key === "level") return issue.level === value;
      return word.includes(":") || issue.title.toLowerCase().includes(word.toLowerCase());
    });
  });
  const from = Number((query.get("cursor") ?? "0:0:0").split(":")[1]);
  const limit = Number(query.get("limit") ?? 50);
  return {
    body: found.slice(from, from + limit),
    hits: found.length,
    next: from + limit < found.length ? `0:${from + limit}:0` : null,
  };
}

function changeIssues({ query, body }: MockRequest): MockAnswer {
  for (const id of query.getAll("id")) {
    const issue = find(id);
    if (!issue) continue;
    const person = members.find((member) => `user:${member.user?.id}` === body["assignedTo"]);
    Object.assign(
      issue,
      body,
      body["assignedTo"] === undefined
        ? {}
        : { assignedTo: person ? { type: "user", id: person.user?.id, name: person.name } : null },
    );
  }
  return { body };
}

function issueDetail(issue: Issue): unknown {
  const seen = (first: number, last: number, count: number) => ({
    firstSeen: ago(first),
    lastSeen: ago(last),
    count,
  });
  return {
    ...issue,
    stats: {
      "24h": seriesOf({ seed: 4, points: 24, stepSeconds: 3_600, peak: 60 }),
      "30d": seriesOf({ seed: 7, points: 30, stepSeconds: 86_400, peak: 900 }),
    },
    firstRelease: { version: "checkout@4.16.0" },
    lastRelease: { version: "checkout@4.18.2" },
    environments: [
      { name: "production", ...seen(60_000, 1, 4_120) },
      { name: "staging", ...seen(40_000, 700, 81) },
      { name: "", ...seen(40_000, 9_000, 2) },
    ],
    releases: [2, 1, 0].map((patch) => ({
      version: `checkout@4.18.${patch}`,
      environment: "production",
      ...seen(9_000 * (3 - patch), patch === 2 ? 1 : 8_000, 900 * (patch + 1)),
    })),
    grouping: {
      algorithm: "v1",
      hashes: [{ hash: "9f31c0aa7be2d1e44fd9b1f6a90c2b7d", explanation: "exception type and in-app frames" }],
    },
    alerts: [
      {
        ruleId: "1",
        ruleName: "Critical errors to Discord",
        outcome: "fired",
        reason: "new issue",
        dateCreated: ago(3),
      },
      {
        ruleId: "1",
        ruleName: "Critical errors to Discord",
        outcome: "throttled",
        reason: "fired 12m ago, interval 1h",
        dateCreated: ago(60),
      },
    ],
  };
}

const tag = (key: string, values: Record<string, number>) => {
  const total = Object.values(values).reduce((sum, count) => sum + count, 0);
  return {
    key,
    totalValues: total,
    uniqueValues: Object.keys(values).length,
    topValues: Object.entries(values).map(([value, count]) => ({ value, count })),
  };
};
const issueTags = [
  tag("browser", { "Firefox 148.0": 520, "Chrome 151.0": 410, "Safari 19.1": 120, "Edge 150": 31 }),
  tag("environment", { production: 1_020, staging: 61 }),
  tag("release", { "checkout@4.18.2": 900, "checkout@4.18.1": 181 }),
  tag("transaction", {
    "POST /api/orders": 1_010,
    "POST /api/orders/{id}/capture/with/a/very/long/path/that/does/not/end": 71,
  }),
  tag("os", { "Windows 11": 480, "macOS 26": 300, Android: 301 }),
  tag("customer_id", { "48121": 12, "99182": 11, "11209": 9 }),
  tag("correlation_id", { "01J9Z3-7K2M-44Q": 1 }),
];

function activity(issue: Issue) {
  const by = (index: number) => members[index]?.user ?? null;
  return {
    activity: [
      ...notes,
      {
        id: "5",
        type: "note",
        user: by(0),
        dateCreated: ago(30),
        data: {
          text: "The acquirer says it is on their side: <b>status.example.com</b>.\nI keep an eye on it.",
        },
      },
      {
        id: "4",
        type: "assigned",
        user: by(1),
        dateCreated: ago(90),
        data: { assigneeName: "Ada Lindqvist" },
      },
      {
        id: "3",
        type: "set_regression",
        user: null,
        dateCreated: ago(1_400),
        data: { version: "checkout@4.18.2" },
      },
      {
        id: "2",
        type: "set_resolved_in_release",
        user: by(2),
        dateCreated: ago(9_000),
        data: { version: "checkout@4.18.1" },
      },
      { id: "1", type: "first_seen", user: null, dateCreated: issue.firstSeen, data: {} },
    ],
  };
}

const withIssue =
  (make: (issue: Issue, request: MockRequest, match: RegExpExecArray) => MockAnswer): Route =>
  (request, match) => {
    const issue = find(match[1]);
    return issue
      ? make(issue, request, match)
      : { status: 404, body: { detail: "The requested resource does not exist" } };
  };

const org = "^/organizations/[^/]+";
const routes: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
  [
    "GET",
    /^\/$/,
    ({ scene }) =>
      scene === "signed-out"
        ? { status: 401, body: { detail: "Authentication credentials were not provided." } }
        : {
            body: {
              version: "0",
              auth: null,
              user: { id: "1", email: "ada@example.com", name: "Ada Lindqvist" },
              organization: { id: "1", slug: "default", name: "Lantern Works" },
              role: "owner",
              needsPasswordChange: scene === "fresh",
              serverVersion: "0.1.0",
              publicUrl: "http://127.0.0.1:9000",
            },
          },
  ],
  [
    "POST",
    /^\/auth\/sign-in\/email\/$/,
    ({ body }) =>
      body["password"] === "wrong"
        ? { status: 401, body: { message: "Invalid email or password" } }
        : { body: {} },
  ],
  [
    "GET",
    new RegExp(`${org}/$`),
    ({ scene }) => ({
      body: {
        id: "1",
        slug: "default",
        name: "Lantern Works",
        alertsStoppedAt: stopped.get(scene) ?? (scene === "stopped" ? ago(12) : null),
        alertsStoppedBy: "Tomás Rivera",
      },
    }),
  ],
  ["GET", new RegExp(`${org}/projects/$`), ({ scene }) => ({ body: projects(scene) })],
  ["POST", new RegExp(`${org}/projects/$`), () => ({ status: 201, body: projects("full")[4] })],
  [
    "GET",
    new RegExp(`${org}/environments/$`),
    () => ({
      body: ["production", "staging", "preview-of-a-branch-with-a-long-name"].map((name, index) => ({
        id: String(index),
        name,
      })),
    }),
  ],
  ["GET", new RegExp(`${org}/members/$`), () => ({ body: members })],
  ["GET", new RegExp(`${org}/releases/$`), () => ({ body: releases })],
  ["GET", new RegExp(`${org}/audit/$`), ({ scene }) => ({ body: scene === "empty" ? [] : audit })],
  [
    "GET",
    new RegExp(`${org}/tags/$`),
    () => ({ body: ["browser", "customer_id", "correlation_id", "os", "url"].map((key) => ({ key })) }),
  ],
  [
    "GET",
    /\/tags\/([^/]+)\/values\/$/,
    () => ({
      body: [
        { value: "Firefox 148.0", count: 520 },
        { value: "Chrome 151.0", count: 410 },
      ],
    }),
  ],
  ["GET", new RegExp(`${org}/issues/$`), listIssues],
  ["PUT", new RegExp(`${org}/issues/$`), changeIssues],
  ["DELETE", new RegExp(`${org}/issues/$`), () => ({ status: 204 })],
  ["GET", new RegExp(`${org}/issues/([^/]+)/$`), withIssue((issue) => ({ body: issueDetail(issue) }))],
  [
    "GET",
    new RegExp(`${org}/issues/([^/]+)/events/$`),
    withIssue((issue) => ({ body: eventRows(issue), next: null })),
  ],
  [
    "GET",
    new RegExp(`${org}/issues/([^/]+)/events/([^/]+)/$`),
    withIssue((issue, _request, match) => ({ body: makeEvent(issue, match[2] ?? "latest") })),
  ],
  ["GET", new RegExp(`${org}/issues/([^/]+)/tags/$`), () => ({ body: issueTags })],
  [
    "GET",
    new RegExp(`${org}/issues/([^/]+)/activities/$`),
    withIssue((issue) => ({ body: activity(issue) })),
  ],
  [
    "GET",
    new RegExp(`${org}/issues/([^/]+)/hashes/$`),
    () => ({
      body: [
        {
          id: "9f31c0aa7be2d1e44fd9b1f6a90c2b7d",
          explanation: "exception type and in-app frames",
          latestEvent: { dateCreated: ago(2) },
        },
        {
          id: "11aa7be2d1e44fd9b1f6a90c2b7d9f31",
          explanation: "merged from CHECKOUT-12",
          latestEvent: { dateCreated: ago(800) },
        },
      ],
    }),
  ],
  [
    "POST",
    new RegExp(`${org}/issues/([^/]+)/notes/$`),
    ({ body }) => {
      notes.unshift({
        id: `n${notes.length}`,
        type: "note",
        user: members[0]?.user,
        dateCreated: ago(0),
        data: body,
      });
      return { status: 201, body: {} };
    },
  ],
  [
    "GET",
    new RegExp(`${org}/alerts/rules/$`),
    ({ scene }) => ({ body: scene === "empty" || scene === "fresh" ? [] : rules }),
  ],
  [
    "GET",
    new RegExp(`${org}/alerts/rules/([^/]+)/$`),
    (_request, match) => ({ body: rules.find((rule) => rule.id === match[1] || rule.slug === match[1]) }),
  ],
  [
    "PUT",
    new RegExp(`${org}/alerts/rules/([^/]+)/$`),
    ({ body }, match) => {
      const rule = rules.find((one) => one.id === match[1]);
      if (rule) Object.assign(rule, body);
      return { body: rule };
    },
  ],
  [
    "POST",
    new RegExp(`${org}/alerts/rules/([^/]+)/test/$`),
    () => ({ status: 202, body: { notifications: [{ id: `t${Date.now()}1` }, { id: `t${Date.now()}3` }] } }),
  ],
  ["POST", new RegExp(`${org}/alerts/rules/([^/]+)/snooze/$`), () => ({ body: {} })],
  [
    "GET",
    new RegExp(`${org}/alerts/rules/([^/]+)/history/$`),
    (_request, match) => ({ body: historyRows(match[1] ?? null), next: null }),
  ],
  [
    "GET",
    new RegExp(`${org}/alerts/rules/([^/]+)/stats/$`),
    () => ({
      body: {
        buckets: seriesOf({ seed: 3, points: 14, stepSeconds: 86_400, peak: 20 }).map(([at, count]) => [
          at,
          count,
          Math.round(count / 3),
        ]),
      },
    }),
  ],
  [
    "GET",
    new RegExp(`${org}/alerts/history/$`),
    ({ scene }) => ({ body: scene === "empty" ? [] : historyRows(null), next: null }),
  ],
  [
    "GET",
    new RegExp(`${org}/alerts/channels/$`),
    ({ scene }) => ({ body: scene === "empty" || scene === "fresh" ? [] : channels }),
  ],
  [
    "POST",
    new RegExp(`${org}/alerts/channels/([^/]+)/test/$`),
    (_request, match) => ({ body: { notification: { id: `c${Date.now()}${match[1]}` } } }),
  ],
  [
    "GET",
    new RegExp(`${org}/alerts/notifications/([^/]+)/$`),
    (_request, match) => ({ body: notification(match[1] ?? "") }),
  ],
  [
    "POST",
    new RegExp(`${org}/alerts/stop/$`),
    ({ scene }) => {
      stopped.set(scene, ago(0));
      return { body: { alertsStoppedAt: ago(0), alertsStoppedBy: "Ada Lindqvist" } };
    },
  ],
  [
    "DELETE",
    new RegExp(`${org}/alerts/stop/$`),
    ({ scene }) => {
      stopped.delete(scene);
      return { body: { alertsStoppedAt: null } };
    },
  ],
  [
    "GET",
    /^\/projects\/[^/]+\/([^/]+)\/$/,
    ({ scene }, match) => ({
      body: { ...projects(scene).find((project) => project.slug === match[1]), settings },
    }),
  ],
  ["GET", /^\/projects\/[^/]+\/([^/]+)\/keys\/$/, () => ({ body: keys })],
  [
    "GET",
    /^\/api-tokens\/$/,
    ({ scene }) => ({
      body:
        scene === "empty"
          ? []
          : [
              {
                id: "1",
                name: "CI of the checkout service",
                scopes: ["org:ci", "project:releases"],
                tokenLastCharacters: "9f3c",
                dateLastUsed: ago(44),
              },
              {
                id: "2",
                name: "vedette apply",
                scopes: ["alerts:read", "alerts:write"],
                tokenLastCharacters: "01ab",
                dateLastUsed: null,
              },
            ],
    }),
  ],
  [
    "POST",
    /^\/api-tokens\/$/,
    () => ({
      body: { id: "3", token: "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" },
    }),
  ],
];

/** Answers a request from the fixtures; unknown unsafe requests succeed, unknown reads are 404. */
export function answer(request: MockRequest): MockAnswer {
  for (const [method, path, route] of routes) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (match) return route(request, match);
  }
  return request.method === "GET" ? { status: 404, body: { detail: "Not in the fixtures" } } : { body: {} };
}
