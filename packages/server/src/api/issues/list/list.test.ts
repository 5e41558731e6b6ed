import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metaKinds } from "../../../store/meta/meta.test-suite.js";
import type { MetaPlace } from "../../../store/meta/meta.test-suite.js";
import { failure, IssuesFixture } from "../issues.test-suite.js";

const hourMs = 3_600_000;

interface Listed {
  readonly id: string;
  readonly shortId: string;
  readonly title: string;
  readonly count: string;
  readonly userCount: number;
  readonly stats: Record<string, [number, number][]>;
  readonly [key: string]: unknown;
}

describe.each(metaKinds())("issues on $name", ({ makePlace }) => {
  let api: IssuesFixture;
  let place: MetaPlace;

  beforeAll(async () => {
    place = await makePlace();
    api = await IssuesFixture.start({ target: place.target });
    const { now } = api;
    await api.feed([
      {
        payload: failure("Old", { release: "shop@1.0.0", environment: "staging" }),
        at: now - 20 * 24 * hourMs,
      },
      {
        payload: failure("Cart", { release: "shop@1.0.0", user: { id: "1", email: "Bob@Example.com" } }),
        at: now - 5 * hourMs,
      },
      {
        payload: failure("Cart", { release: "shop@1.1.0", user: { id: "2" }, tags: { tier: "gold" } }),
        at: now - 2 * hourMs,
      },
      {
        payload: failure("Cart", { user: { id: "2" }, tags: { tier: "silver", weight: "12.5" } }),
        at: now - hourMs,
      },
      {
        payload: failure("Pay", { level: "fatal", transaction: "/pay", tags: { "odd.name": "a_b%c" } }),
        at: now - 3 * hourMs,
      },
      { payload: failure("Warn", { level: "warning", user: { id: "9" } }), at: now - 60_000, project: 2 },
      { payload: failure("Alien"), project: 3 },
    ]);
  });

  afterAll(async () => {
    await api?.close();
    await place?.remove();
  });

  const list = (query: string) => api.get<Listed[]>(`/organizations/acme/issues/?${query}`);
  const titles = async (query: string) => (await list(query)).map(({ title }) => title.split(":")[0]);
  const search = (query: string) => titles(`query=${encodeURIComponent(query)}`);

  describe("the issue list", () => {
    it("shows open issues of all projects of the organisation, the last seen first", async () => {
      expect(await titles("")).toEqual(["Warn", "Cart", "Pay", "Old"]);
      expect(await titles("project=shop")).toEqual(["Cart", "Pay", "Old"]);
      expect(await titles("project=1&project=admin-ui")).toEqual(["Warn", "Cart", "Pay", "Old"]);
      expect(await titles("project=secret")).toEqual([]);
    });

    it("has the shape clients insist on", async () => {
      const [issue] = await list("project=admin-ui&statsPeriod=14d");
      expect(issue).toMatchObject({
        id: expect.stringMatching(/^\d+$/),
        shortId: "ADMIN-UI-1",
        permalink: expect.stringMatching(
          /^https:\/\/vedette\.example\.com\/organizations\/acme\/issues\/\d+\/$/,
        ),
        status: "unresolved",
        substatus: "new",
        count: "1",
        userCount: 1,
        level: "warning",
        priority: "medium",
        isUnhandled: true,
        assignedTo: null,
        project: { id: "2", slug: "admin-ui", name: "admin-ui", platform: "node" },
        metadata: { type: "Warn", value: "Warn happened", filename: "/app/Warn.js", function: "doWarn" },
        lifetime: { count: "1" },
      });
      expect(issue?.["firstSeen"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Object.keys(issue?.stats ?? {})).toEqual(["14d"]);
    });

    it("counts events, users and the series within the period", async () => {
      const [cart] = await list("query=Cart&statsPeriod=24h");
      expect(cart).toMatchObject({ count: "3", userCount: 2 });
      const points = cart?.stats["24h"] ?? [];
      expect(points).toHaveLength(24);
      expect(points.reduce((sum, [, n]) => sum + n, 0)).toBe(3);
      const [recent] = await list("query=Cart&statsPeriod=90m");
      expect(Number(recent?.count)).toBeLessThan(3);
    });

    it("leaves out what was not seen in the period or environment", async () => {
      expect(await titles("statsPeriod=24h")).toEqual(["Warn", "Cart", "Pay"]);
      expect(await titles("environment=staging")).toEqual(["Old"]);
      expect(await titles("environment=staging&statsPeriod=24h")).toEqual([]);
      const start = new Date(api.now - 30 * 24 * hourMs).toISOString().slice(0, 19);
      const end = new Date(api.now - 10 * 24 * hourMs).toISOString().slice(0, 19);
      expect(await titles(`start=${start}&end=${end}`)).toEqual(["Old"]);
    });

    it("sorts by age, events and users", async () => {
      expect(await titles("sort=new")).toEqual(["Warn", "Pay", "Cart", "Old"]);
      expect((await titles("sort=freq"))[0]).toBe("Cart");
      expect((await titles("sort=freq&statsPeriod=24h"))[0]).toBe("Cart");
      expect((await titles("sort=user&statsPeriod=24h")).slice(0, 2)).toEqual(["Cart", "Warn"]);
      expect((await titles("sort=trends&statsPeriod=24h"))[0]).toBe("Cart");
    });

    it("pages by the Link header and counts the hits", async () => {
      const first = await api.ask("GET", "/organizations/acme/issues/?limit=3");
      expect(first.headers["x-hits"]).toBe("4");
      expect(String(first.headers["link"])).toMatch(
        /rel="previous"; results="false".*rel="next"; results="true"/,
      );
      const next = /cursor="([^"]+)"$/.exec(String(first.headers["link"]))?.[1];
      const second = await api.ask("GET", `/organizations/acme/issues/?limit=3&cursor=${next}`);
      expect((second.body as Listed[]).map(({ title }) => title)).toEqual(["Old: Old happened"]);
      expect(String(second.headers["link"])).toMatch(/rel="next"; results="false"/);
      const clamped = await api.ask("GET", "/organizations/acme/issues/?limit=10000");
      expect(clamped.status).toBe(200);
      const ranked = await api.ask(
        "GET",
        "/organizations/acme/issues/?limit=1&sort=freq&statsPeriod=24h&cursor=0:1:0",
      );
      expect(ranked.headers["x-hits"]).toBe("3");
      expect(ranked.body).toHaveLength(1);
    });

    it("answers a short id directly when asked to", async () => {
      const answer = await api.ask("GET", "/organizations/acme/issues/?query=SHOP-2&shortIdLookup=1");
      expect(answer.headers["x-sentry-direct-hit"]).toBe("1");
      expect(answer.body).toMatchObject([{ shortId: "SHOP-2" }]);
      const none = await api.ask("GET", "/organizations/acme/issues/?query=SECRET-1&shortIdLookup=1");
      expect(none.body).toEqual([]);
    });

    it("answers the command line's twin under the project", async () => {
      const answer = await api.ask("GET", "/projects/acme/shop/issues/?query=");
      expect(answer.body).toHaveLength(3);
      expect((answer.body as Listed[])[0]?.stats["24h"]).toBeDefined();
    });

    it("refuses strangers and those without the scope", async () => {
      expect((await api.ask("GET", "/organizations/acme/issues/", undefined, "rival")).status).toBe(404);
      expect((await api.ask("GET", "/organizations/acme/issues/", undefined, "nobody")).status).toBe(401);
      expect(
        (await api.ask("PUT", "/organizations/acme/issues/?id=1", { status: "resolved" }, "reader")).status,
      ).toBe(403);
    });
  });

  describe("search on real data", () => {
    it.each([
      ["is:unresolved", ["Warn", "Cart", "Pay", "Old"]],
      ["is:resolved", []],
      ["is:new !is:assigned", ["Warn", "Cart", "Pay", "Old"]],
      ["level:fatal", ["Pay"]],
      ["!level:[error, fatal]", ["Warn"]],
      ["LEVEL:Error", ["Cart", "Old"]],
      ["title:*cart*", ["Cart"]],
      ["Cart happ*d", ["Cart"]],
      ['"pay happened"', ["Pay"]],
      ["release:shop@1.0.0", ["Cart", "Old"]],
      ["release:shop@1.*", ["Cart", "Old"]],
      ["release:latest project_unknown:x", []],
      ["release:latest", ["Cart"]],
      ["release.version:>1.0.0", ["Cart"]],
      ["release.version:>=1.0.0", ["Cart", "Old"]],
      ["release.package:shop", ["Cart", "Old"]],
      ["firstRelease:shop@1.0.0", ["Cart", "Old"]],
      ["!has:release", ["Warn", "Pay"]],
      ["environment:staging", ["Old"]],
      ["user.email:bob@example.com", ["Cart"]],
      ["user.id:[1, 9]", ["Warn", "Cart"]],
      ["user:id:9", ["Warn"]],
      ["has:user.id", ["Warn", "Cart"]],
      ["tier:gold", ["Cart"]],
      ["tags[tier]:GOLD", ["Cart"]],
      ["tier:g*", ["Cart"]],
      ["tier:gold weight:12.5", []],
      ["tier:silver weight:>12", ["Cart"]],
      ["has:weight", ["Cart"]],
      ['tags[odd.name]:"a_b%c"', ["Pay"]],
      ["tags[odd.name]:a?b%c", []],
      ["tags[odd.name]:*_*%c", ["Pay"]],
      ["error.type:Pay", ["Pay"]],
      ["error.unhandled:true", ["Warn", "Cart", "Pay", "Old"]],
      ["error.handled:true", []],
      ["message:*cart*", ["Cart"]],
      ["transaction:/pay", ["Pay"]],
      ["stack.filename:/app/Cart.js", ["Cart"]],
      ["timesSeen:>2", ["Cart"]],
      ["timesSeen:[1, 3]", ["Warn", "Cart", "Pay", "Old"]],
      ["!timesSeen:1", ["Cart"]],
      ["age:+7d", ["Old"]],
      ["firstSeen:-24h", ["Warn", "Cart", "Pay"]],
      ["lastSeen:-90m", ["Warn", "Cart"]],
      ["event.timestamp:-90m", ["Warn", "Cart"]],
      ["issue.priority:high", ["Cart", "Pay", "Old"]],
      ["issue:SHOP-3", ["Pay"]],
      ["assigned:none", ["Warn", "Cart", "Pay", "Old"]],
      ["assigned:me", []],
      ["assigned:nobody@example.com", []],
      ["platform:node", ["Warn", "Cart", "Pay", "Old"]],
    ])("finds %s", async (query, expected) => {
      expect(await search(query)).toEqual(expected);
    });

    it.each([
      "level:error AND level:fatal",
      "(level:error)",
      "is:nonsense",
      "is:[new, ongoing]",
      "level:>error",
      "timesSeen:many",
      "age:soon",
      'title:"open',
      "level:[error",
      "error.handled:perhaps",
      "bookmarks:me",
      "title:**a*a*a*a*a*a*a*a*a*a*a*a",
      `title:${"x".repeat(1_500)}`,
    ])("refuses %s with a sentence", async (query) => {
      const answer = await api.ask("GET", `/organizations/acme/issues/?query=${encodeURIComponent(query)}`);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({ detail: expect.stringMatching(/./) });
    });

    it.each([
      "'; DROP TABLE issue; --",
      'title:"\' OR 1=1 --"',
      "tags[x'] OR 1=1 --]:y",
      "tags[a\\'b]:\\' OR 1=1",
      "user.email:{p0:String}",
      "tier:\\",
      "tier:\\%",
      "title:100%",
      "title:_",
      'message:"\\" OR 1=1 --"',
      "error.type:'",
      "日本語 💥",
      "tier:\ud800",
      "💥:💥",
      "release:'latest'",
      "assigned:' or 1=1",
      "has:' ",
      "constructor:x has:__proto__",
    ])("takes hostile %s as text", async (query) => {
      const answer = await api.ask(
        "GET",
        `/organizations/acme/issues/?query=${encodeURIComponent(query.toWellFormed())}`,
      );
      // Nothing found, or a sentence about the query; never a row and never a failure of ours.
      expect(answer.status === 400 ? [] : answer.body).toEqual([]);
      expect([200, 400]).toContain(answer.status);
      expect(await titles("")).toHaveLength(4);
    });

    it("searches long texts in wide characters", async () => {
      const answer = await api.ask(
        "GET",
        `/organizations/acme/issues/?query=${encodeURIComponent(`message:*${"字".repeat(1_000)}*`)}`,
      );
      expect(answer.body).toEqual([]);
    });

    it("shares its keys for completion", async () => {
      const keys = await api.get<{ key: string }[]>("/organizations/acme/issues/search-keys/");
      expect(keys.map(({ key }) => key)).toEqual(expect.arrayContaining(["is", "level", "user.email"]));
    });
  });
});
