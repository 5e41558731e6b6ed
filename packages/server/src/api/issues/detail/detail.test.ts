import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failure, IssuesFixture } from "../issues.test-suite.js";

let api: IssuesFixture;
let issueId = "";
const hourMs = 3_600_000;
const zulu = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

beforeAll(async () => {
  api = await IssuesFixture.start();
  await api.feed([
    ...Array.from({ length: 12 }, (_, index) => ({
      payload: failure("Cart", {
        release: index < 4 ? "shop@1.0.0" : "shop@1.1.0",
        environment: index % 2 ? "production" : "staging",
        user: { id: String(index % 3) },
        tags: { order: `n${index}`, ...(index < 5 ? { tier: index < 3 ? "gold" : "silver" } : {}) },
      }),
      at: api.now - index * hourMs,
    })),
    { payload: failure("Other") },
  ]);
  const [issue] = await api.get<{ id: string }[]>("/organizations/acme/issues/?query=Cart");
  issueId = issue?.id ?? "";
});

afterAll(async () => api?.close());

const path = (rest = "") => `/organizations/acme/issues/${issueId}/${rest}`;

describe("the issue page's data", () => {
  it("holds the issue, where it was seen, its groups and its history", async () => {
    await insertAlert();
    const issue = await api.get<Record<string, unknown>>(path());
    expect(issue).toMatchObject({
      id: issueId,
      count: "12",
      userCount: 3,
      firstRelease: { version: "shop@1.0.0" },
      grouping: {
        algorithm: expect.any(String),
        hashes: [{ hash: expect.any(String), explanation: expect.any(String) }],
      },
      activity: [{ type: "first_seen", user: null, dateCreated: zulu }],
      alerts: [
        { ruleId: "1", ruleName: "Critical", outcome: "fired", reason: "new issue", dateCreated: zulu },
      ],
      seenBy: [],
      lifetime: { count: "12", userCount: 3 },
    });
    expect(issue["environments"]).toEqual(
      expect.arrayContaining([{ name: "staging", count: 6, firstSeen: zulu, lastSeen: zulu }]),
    );
    expect(issue["releases"]).toEqual(
      expect.arrayContaining([
        { version: "shop@1.0.0", environment: "staging", count: 2, firstSeen: zulu, lastSeen: zulu },
      ]),
    );
    expect(issue["tags"]).toContainEqual({ key: "tier", name: "Tier", totalValues: 5 });
    const stats = issue["stats"] as Record<string, [number, number][]>;
    expect(stats["24h"]).toHaveLength(24);
    expect(stats["30d"]).toHaveLength(30);
    for (const points of Object.values(stats)) expect(points.reduce((sum, [, n]) => sum + n, 0)).toBe(12);
  });

  it("is the same by short id and by the older path", async () => {
    expect(await api.get("/organizations/acme/issues/SHOP-1/")).toMatchObject({ id: issueId });
    expect(await api.get("/organizations/acme/issues/shop-1")).toMatchObject({ id: issueId });
    expect(await api.get(`/issues/${issueId}/?collapse=tags`)).toMatchObject({ id: issueId, tags: [] });
    expect(await api.get(path("external-issues/"))).toEqual([]);
    expect(await api.get("/organizations/acme/shortids/SHOP-1/")).toMatchObject({
      groupId: issueId,
      shortId: "SHOP-1",
      projectSlug: "shop",
      organizationSlug: "acme",
      group: { id: issueId },
    });
  });

  it("is not shown to others", async () => {
    for (const rest of [
      "",
      "tags/",
      "events/",
      "events/latest/",
      "activities/",
      "notes/",
      "hashes/",
      "user-reports/",
    ]) {
      expect((await api.ask("GET", path(rest), undefined, "rival")).status).toBe(404);
      expect((await api.ask("GET", `/issues/${issueId}/${rest}`, undefined, "rival")).status).toBe(404);
    }
  });

  it("counts the values of every tag, the ten most frequent each", async () => {
    const tags = await api.get<{ key: string; topValues: unknown[] }[]>(path("tags/"));
    const tag = (key: string) => tags.find((one) => one.key === key);
    expect(tag("tier")).toEqual({
      key: "tier",
      name: "Tier",
      totalValues: 5,
      uniqueValues: 2,
      topValues: [
        { key: "tier", name: "gold", value: "gold", count: 3, firstSeen: zulu, lastSeen: zulu },
        { key: "tier", name: "silver", value: "silver", count: 2, firstSeen: zulu, lastSeen: zulu },
      ],
    });
    expect(tag("order")).toMatchObject({ totalValues: 12, uniqueValues: 12 });
    expect(tag("order")?.topValues).toHaveLength(10);
    const staged = await api.get<{ key: string; totalValues: number }[]>(path("tags/?environment=staging"));
    expect(staged.find(({ key }) => key === "environment")?.totalValues).toBe(6);
  });

  it("pages the values of one tag", async () => {
    expect(await api.get(path("tags/tier/"))).toMatchObject({ key: "tier", totalValues: 5, uniqueValues: 2 });
    expect((await api.ask("GET", path("tags/nothing/"))).status).toBe(404);
    expect((await api.ask("GET", path("tags/x'%5D%20OR%201=1/"))).status).toBe(404);
    const page = await api.ask("GET", path("tags/order/values/?limit=5&cursor=0:10:0"));
    expect(page.body).toHaveLength(2);
    expect(String(page.headers["link"])).toMatch(/rel="next"; results="false"/);
  });
});

describe("comments", () => {
  it("are written, changed and removed, and counted", async () => {
    const created = await api.ask("POST", path("notes/"), { text: " looks bad " });
    expect(created).toMatchObject({
      status: 201,
      body: { type: "note", data: { text: "looks bad" }, user: { name: "Ann", email: "ann@example.com" } },
    });
    const { id } = created.body as { id: string };
    expect(await api.get(path("notes/"))).toMatchObject([{ id }]);
    expect(await api.get(path())).toMatchObject({ numComments: 1 });
    const changed = await api.ask("PUT", path(`notes/${id}/`), { text: "fine" });
    expect(changed.body).toMatchObject({ data: { text: "fine" } });
    expect(await api.get(path("activities/"))).toMatchObject({
      activity: [{ id, type: "note" }, { type: "first_seen" }],
    });
    expect((await api.ask("DELETE", path(`notes/${id}/`))).status).toBe(204);
    expect(await api.get(path())).toMatchObject({ numComments: 0 });
    expect((await api.ask("DELETE", path(`notes/${id}/`))).status).toBe(404);
    const changes = await api.meta.db
      .selectFrom("change")
      .select("kind")
      .where("kind", "=", "commented")
      .execute();
    expect(changes).toHaveLength(1);
  });

  it("need a text and the right to write", async () => {
    expect((await api.ask("POST", path("notes/"), { text: "  " })).status).toBe(400);
    expect((await api.ask("POST", path("notes/"), { text: "x" }, "reader")).status).toBe(403);
  });
});

async function insertAlert(): Promise<void> {
  const { now } = api;
  await api.meta.db
    .insertInto("rule")
    .values({
      organization_id: 1,
      slug: "critical",
      name: "Critical",
      definition: "{}",
      enabled: 1,
      muted_until: null,
      muted_by: null,
      origin: "api",
      last_fired_at: null,
      created_at: now,
      created_by: null,
      updated_at: now,
    })
    .execute();
  await api.meta.db
    .insertInto("rule_history")
    .values({
      rule_id: 1,
      issue_id: Number(issueId),
      event_id: null,
      at: now,
      outcome: "fired",
      reason: "new issue",
      data: "{}",
    })
    .execute();
}
