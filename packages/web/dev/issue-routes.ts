import type { Issue } from "../src/api/issue.js";
import { eventRows, makeEvent } from "./event-fixtures.js";
import { makeIssue, seriesOf } from "./issue-fixtures.js";
import { ago, org, type MockAnswer, type MockRequest, type Route, type RouteTable } from "./mock-request.js";
import { members } from "./organization-fixtures.js";

const issues: Issue[] = Array.from({ length: 3_000 }, (_, index) => makeIssue(index));
const notes: unknown[] = [];
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

/** Issues, their events, tags and history. */
export const issueRoutes: RouteTable = [
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
];
