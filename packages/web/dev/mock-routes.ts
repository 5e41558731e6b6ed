import { channels, historyRows, notification, rules } from "./alert-fixtures.js";
import { seriesOf } from "./issue-fixtures.js";
import { issueRoutes } from "./issue-routes.js";
import { ago, org, type MockAnswer, type MockRequest, type RouteTable } from "./mock-request.js";
import { audit, keys, members, projects, releases, settings } from "./organization-fixtures.js";

const stopped = new Map<string, string | null>();

const routes: RouteTable = [
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
  for (const [method, path, route] of [...routes, ...issueRoutes]) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (match) return route(request, match);
  }
  return request.method === "GET" ? { status: 404, body: { detail: "Not in the fixtures" } } : { body: {} };
}
