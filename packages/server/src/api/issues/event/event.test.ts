import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failure, IssuesFixture } from "../issues.test-suite.js";

let api: IssuesFixture;
let ids: readonly string[] = [];
let issueId = "";
const minuteMs = 60_000;
const zulu = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

beforeAll(async () => {
  api = await IssuesFixture.start();
  const request = { url: "https://shop.example.com/cart?q=1", method: "POST", headers: { Accept: "*/*" } };
  ids = await api.feed([
    { payload: failure("Cart", { environment: "staging" }), at: api.now - 5 * minuteMs },
    {
      payload: failure("Cart", {
        release: "shop@1.0.0",
        request,
        user: { id: "42", email: "ann@example.com" },
        contexts: { trace: { trace_id: "a".repeat(32), span_id: "b".repeat(16) } },
        breadcrumbs: { values: [{ timestamp: api.now / 1_000, category: "http", message: "GET /" }] },
        extra: { order: 7 },
        modules: { express: "5.0.0" },
        logentry: { message: "cart %s", params: ["x"], formatted: "cart x" },
        tags: { tier: "gold" },
      }),
      at: api.now - 3 * minuteMs,
      attachment: { name: "page\r\n.html", type: "text/html", body: "<script>alert(1)</script>" },
    },
    {
      payload: failure("Cart", { request: { url: "/relative" }, tags: { tier: "silver" } }),
      at: api.now - minuteMs,
    },
    { payload: failure("Alien"), project: 3 },
  ]);
  const [issue] = await api.get<{ id: string }[]>("/organizations/acme/issues/?query=Cart");
  issueId = issue?.id ?? "";
});

afterAll(async () => api?.close());

interface EventBody {
  readonly eventID: string;
  readonly entries: { type: string; data: Record<string, unknown> }[];
  readonly [key: string]: unknown;
}

const read = (name: string) => api.get<EventBody>(`/organizations/acme/issues/${issueId}/events/${name}/`);

describe("an event of an issue", () => {
  it("has the shape clients insist on", async () => {
    const event = await read(ids[1] ?? "");
    expect(event).toMatchObject({
      id: ids[1],
      eventID: ids[1],
      groupID: issueId,
      projectID: "1",
      title: "Cart: Cart happened",
      message: "cart x",
      type: "error",
      platform: "node",
      dateCreated: zulu,
      dateReceived: zulu,
      user: { id: "42", email: "ann@example.com", username: null, name: null },
      context: { order: 7 },
      packages: { express: "5.0.0" },
      release: { version: "shop@1.0.0", dateCreated: zulu },
      nextEventID: ids[2],
      previousEventID: ids[0],
      groupingExplanation: expect.stringMatching(/./),
      attachments: [{ name: "page\r\n.html", mimetype: "text/html", size: 25, type: "event.attachment" }],
    });
    expect(event["tags"]).toContainEqual({ key: "tier", value: "gold" });
    expect(event["fingerprints"]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it("tells its parts in camelCase with source lines in pairs", async () => {
    const { entries } = await read(ids[1] ?? "");
    const entry = (type: string) => entries.find((one) => one.type === type)?.data;
    expect(entries.map(({ type }) => type)).toEqual(["exception", "message", "breadcrumbs", "request"]);
    expect(entry("exception")).toMatchObject({
      values: [
        {
          type: "Cart",
          mechanism: { type: "generic", handled: false },
          stacktrace: {
            frames: [
              {
                filename: "/app/Cart.js",
                function: "doCart",
                lineNo: 7,
                colNo: 3,
                inApp: true,
                context: [
                  [5, "a"],
                  [6, "b"],
                  [7, "throw it"],
                  [8, "c"],
                ],
              },
            ],
          },
        },
      ],
    });
    expect(entry("message")).toEqual({ formatted: "cart x", message: "cart %s", params: ["x"] });
    expect(entry("breadcrumbs")).toMatchObject({
      values: [{ timestamp: zulu, category: "http", message: "GET /" }],
    });
    expect(entry("request")).toMatchObject({
      method: "POST",
      url: "https://shop.example.com/cart",
      query: [["q", "1"]],
      headers: [["Accept", "*/*"]],
    });
  });

  it("gives no URL rather than a relative one", async () => {
    const { entries } = await read("latest");
    expect(entries.find(({ type }) => type === "request")?.data["url"]).toBeNull();
  });

  it("is found by name, and its neighbours by environment", async () => {
    expect((await read("latest")).eventID).toBe(ids[2]);
    expect((await read("oldest")).eventID).toBe(ids[0]);
    expect((await read("recommended")).eventID).toBe(ids[1]);
    expect((await read("latest"))["nextEventID"]).toBeNull();
    const staged = await read("latest/?environment=staging&x=");
    expect(staged).toMatchObject({ eventID: ids[0], nextEventID: null, previousEventID: null });
  });

  it("is found under its project, by id alone and by the older path", async () => {
    const ofProject = await api.get<EventBody>(`/projects/acme/shop/events/${ids[1]}/`);
    expect(ofProject).toMatchObject({ eventID: ids[1], groupID: issueId, nextEventID: ids[2] });
    expect(await api.get(`/organizations/acme/eventids/${ids[1]}/`)).toMatchObject({
      eventId: ids[1],
      groupId: issueId,
      projectSlug: "shop",
      organizationSlug: "acme",
      event: { eventID: ids[1] },
    });
    expect(await api.get(`/issues/${issueId}/events/latest/`)).toMatchObject({ eventID: ids[2] });
    expect(await api.get(`/projects/acme/shop/events/${ids[1]}/json/`)).toMatchObject({
      event_id: ids[1],
      extra: { order: 7 },
    });
  });

  it("stays hidden from other issues, projects and organisations", async () => {
    const alien = ids[3] ?? "";
    for (const path of [
      `/organizations/acme/issues/${issueId}/events/${alien}/`,
      `/organizations/acme/eventids/${alien}/`,
      `/projects/acme/shop/events/${alien}/`,
      `/projects/acme/shop/events/${alien}/json/`,
      `/projects/acme/shop/events/${"0".repeat(32)}/`,
      `/organizations/acme/issues/${issueId}/events/'%20or%201=1/`,
      `/organizations/acme/issues/SECRET-1/`,
    ]) {
      expect(await api.ask("GET", path)).toMatchObject({ status: 404, body: { detail: expect.any(String) } });
    }
  });
});

describe("the events of an issue", () => {
  interface Row {
    readonly eventID: string;
  }
  const rows = (query: string) => api.get<Row[]>(`/organizations/acme/issues/${issueId}/events/?${query}`);

  it("come newest first, page by page, with user and tags", async () => {
    const all = await rows("");
    expect(all.map(({ eventID }) => eventID)).toEqual([ids[2], ids[1], ids[0]]);
    expect(all[1]).toMatchObject({
      id: ids[1],
      groupID: issueId,
      title: "Cart: Cart happened",
      message: "cart x",
      dateCreated: zulu,
      user: { id: "42", email: "ann@example.com", username: null },
      tags: expect.arrayContaining([{ key: "tier", value: "gold" }]),
    });
    const page = await api.ask("GET", `/organizations/acme/issues/${issueId}/events/?limit=2`);
    expect(String(page.headers["link"])).toMatch(/rel="next"; results="true"; cursor="0:2:0"/);
    expect(await rows("limit=2&cursor=0:2:0")).toMatchObject([{ eventID: ids[0] }]);
  });

  it("are searched by event keys, tags and text", async () => {
    expect(await rows("query=tier:gold")).toMatchObject([{ eventID: ids[1] }]);
    expect(await rows("query=!has:tier")).toMatchObject([{ eventID: ids[0] }]);
    expect(await rows("query=environment:staging")).toHaveLength(1);
    expect(await rows("query=cart%20x")).toMatchObject([{ eventID: ids[1] }]);
    expect(await rows("environment=production&statsPeriod=2m")).toHaveLength(1);
    const refused = await api.ask("GET", `/organizations/acme/issues/${issueId}/events/?query=is:new`);
    expect(refused.status).toBe(400);
  });

  it("are listed for a whole project, as the command line asks", async () => {
    const listed = await api.get<Row[]>("/projects/acme/shop/events/");
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({ eventID: ids[2], groupID: issueId, projectID: "1" });
  });
});

describe("an attachment", () => {
  it("is listed and downloaded as bytes, never as a page", async () => {
    const path = `/projects/acme/shop/events/${ids[1]}/attachments/`;
    const [listed] = await api.get<{ id: string; sha1: string }[]>(path);
    expect(listed).toMatchObject({
      sha1: expect.stringMatching(/^[0-9a-f]{40}$/),
      dateCreated: zulu,
      mimetype: "text/html",
    });
    const answer = await api.ask("GET", `${path}${listed?.id}/?download=1`);
    expect(answer.text).toBe("<script>alert(1)</script>");
    expect(answer.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "x-content-type-options": "nosniff",
      "content-disposition": expect.stringMatching(/^attachment; filename="page.html"/),
    });
    await api.meta.db
      .updateTable("attachment")
      .set({ name: `../../${"a".repeat(199)}💥` })
      .execute();
    const renamed = await api.ask("GET", `${path}${listed?.id}/?download=1`);
    expect(renamed.headers["content-disposition"]).toMatch(/^attachment; filename="a{199}_"/);
    await api.meta.db.updateTable("attachment").set({ name: "page\r\n.html" }).execute();
    expect(await api.get(`${path}${listed?.id}/`)).toMatchObject({ name: "page\r\n.html" });
    expect(
      (await api.ask("GET", `/projects/acme/admin-ui/events/${ids[1]}/attachments/${listed?.id}/`)).status,
    ).toBe(404);
    expect((await api.ask("GET", `${path}999/?download=1`)).status).toBe(404);
  });
});
