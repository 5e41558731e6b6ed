import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deleteIssues } from "../../../actions/issues/delete-issues.js";
import { startEngineFixture } from "../../../store/events/embedded/engine-fixture.js";
import type { EngineFixture } from "../../../store/events/embedded/engine-fixture.js";
import { metaKinds } from "../../../store/meta/meta.test-suite.js";
import type { MetaPlace } from "../../../store/meta/meta.test-suite.js";
import { failure, IssuesFixture } from "../issues.test-suite.js";

const hourMs = 3_600_000;

interface Shown {
  readonly id: string;
  readonly [key: string]: unknown;
}

describe.each(metaKinds())("changing issues on $name", ({ makePlace }) => {
  let api: IssuesFixture;
  let place: MetaPlace;

  let engine: EngineFixture;

  beforeAll(async () => {
    engine = await startEngineFixture();
  });

  afterAll(async () => engine?.dispose());

  beforeEach(async () => {
    place = await makePlace();
    api = await IssuesFixture.start({ target: place.target, engine });
    const user = { id: "7" };
    await api.feed([
      { payload: failure("A", { release: "shop@1.0.0" }), at: api.now - 5 * hourMs },
      {
        payload: failure("A", { release: "shop@1.2.0", environment: "staging", user }),
        at: api.now - 2 * hourMs,
      },
      { payload: failure("B", { release: "shop@1.1.0" }), at: api.now - 3 * hourMs },
      { payload: failure("C", { release: "shop@1.0.0", environment: "staging" }), at: api.now - 4 * hourMs },
      { payload: failure("Ui"), project: 2 },
      { payload: failure("Alien"), project: 3 },
    ]);
    api.woken.length = 0;
  });

  afterEach(async () => {
    await api?.close();
    await place?.remove();
  });

  const org = "/organizations/acme/issues/";
  const put = (query: string, body: object, as?: string) => api.ask("PUT", `${org}?${query}`, body, as);
  const show = (id: number | string) => api.get<Shown>(`${org}${id}/`);
  const row = (id: number) =>
    api.meta.db.selectFrom("issue").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const details = async (id: number) => JSON.parse((await row(id)).status_details) as unknown;
  const changes = async () =>
    (
      await api.meta.db
        .selectFrom("change")
        .select(["kind", "issue_id", "data"])
        .where("kind", "not in", ["seen", "first_seen"])
        .orderBy("id")
        .execute()
    ).map(({ kind, issue_id, data }) => ({ kind, issue_id, ...(JSON.parse(data) as object) }));
  const activity = async (id: number) =>
    (await api.get<{ activity: { type: string; data: unknown }[] }>(`${org}${id}/activities/`)).activity;

  it("resolves at once, tells the change log and wakes alert", async () => {
    const answer = await put("id=1&id=2", { status: "resolved" });
    expect(answer).toMatchObject({ status: 200, body: { status: "resolved" } });
    expect(await show(1)).toMatchObject({
      status: "resolved",
      substatus: null,
      statusDetails: { actor: { name: "Ann" } },
    });
    const { userId } = api;
    expect(await changes()).toEqual([
      { kind: "resolved", issue_id: 1, count: 0, events: [], userId },
      { kind: "resolved", issue_id: 2, count: 0, events: [], userId },
    ]);
    expect(api.woken).toEqual(["alert"]);
    expect((await activity(1))[0]).toMatchObject({ type: "set_resolved", user: { name: "Ann" } });
    await put("id=1", { status: "resolved" });
    expect(await changes()).toHaveLength(2);
  });

  it("resolves in a release, in the latest one and in the next one", async () => {
    await put("id=1", { status: "resolved", statusDetails: { inRelease: "shop@9" } });
    expect(await details(1)).toMatchObject({ inRelease: "shop@9" });
    await put("id=1", { status: "resolved", statusDetails: { inRelease: "latest" } });
    expect(await details(1)).toMatchObject({ inRelease: "shop@1.2.0" });
    await put("id=1", { status: "resolvedInNextRelease" });
    expect(await details(1)).toMatchObject({ inNextRelease: true, currentRelease: "shop@1.2.0" });
    expect((await activity(1))[0]).toMatchObject({
      type: "set_resolved_in_release",
      data: { inNextRelease: true, current_release_version: "shop@1.2.0" },
    });
    expect(await show(1)).toMatchObject({ statusDetails: { inNextRelease: true } });
    const none = await put("id=4", { status: "resolved", statusDetails: { inRelease: "latest" } });
    expect(none).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/no release/) } });
    const commit = await put("id=1", { status: "resolved", statusDetails: { inCommit: { commit: "x" } } });
    expect(commit.status).toBe(400);
  });

  it("reopens by an event of a newer release only", async () => {
    await put("id=1", { status: "resolved", statusDetails: { inNextRelease: true } });
    await api.feed([{ payload: failure("A", { release: "shop@1.2.0" }) }]);
    expect(await show(1)).toMatchObject({ status: "resolved" });
    await api.feed([{ payload: failure("A", { release: "shop@1.3.0" }) }]);
    expect(await show(1)).toMatchObject({ status: "unresolved", substatus: "regressed" });
  });

  it.each([
    [{ status: "ignored", substatus: "archived_forever" }, "archived_forever", {}],
    [{ status: "muted" }, "archived_forever", {}],
    [{ status: "ignored" }, "archived_until_escalating", { escalatesAbovePerHour: 10 }],
    [{ substatus: "archived_until_escalating" }, "archived_until_escalating", { escalatesAbovePerHour: 10 }],
    [
      { status: "ignored", statusDetails: { ignoreCount: 5 } },
      "archived_until_condition_met",
      { ignoreCount: 5, baselineTimesSeen: 2 },
    ],
    [
      { status: "ignored", statusDetails: { ignoreCount: 5, ignoreWindow: 60 } },
      "archived_until_condition_met",
      { ignoreCount: 5, ignoreWindow: 60 },
    ],
    [
      { status: "ignored", ignoreUserCount: 3 },
      "archived_until_condition_met",
      { ignoreUserCount: 3, baselineUsers: 1 },
    ],
  ])("archives by %j", async (body, substatus, expected) => {
    expect((await put("id=1", body)).status).toBe(200);
    expect(await show(1)).toMatchObject({ status: "ignored", substatus });
    expect(await details(1)).toMatchObject(expected);
    expect(await changes()).toMatchObject([{ kind: "archived", issue_id: 1 }]);
  });

  it("archives until a time", async () => {
    await put("id=1", { status: "ignored", statusDetails: { ignoreDuration: 30 } });
    expect(await details(1)).toMatchObject({ ignoreUntil: api.now + 30 * 60_000 });
    expect(await show(1)).toMatchObject({
      statusDetails: { ignoreUntil: new Date(api.now + 30 * 60_000).toISOString() },
    });
    await put("id=1", { status: "muted", snoozeDuration: 10 });
    expect(await details(1)).toMatchObject({ ignoreUntil: api.now + 10 * 60_000 });
  });

  it("measures what counts as escalating by the busiest hour of the week", async () => {
    const burst = Array.from({ length: 20 }, () => ({ payload: failure("B"), at: api.now - 26 * hourMs }));
    await api.feed(burst);
    await put("id=2", { status: "ignored", substatus: "archived_until_escalating" });
    expect(await details(2)).toMatchObject({ escalatesAbovePerHour: 40 });
  });

  it("unresolves", async () => {
    await put("id=1", { status: "ignored" });
    await put("id=1&id=2", { status: "unresolved" });
    expect(await show(1)).toMatchObject({ status: "unresolved", substatus: "ongoing", statusDetails: {} });
    expect((await row(2)).substatus).toBe("new");
    expect((await changes()).at(-1)).toMatchObject({ kind: "unresolved", issue_id: 1 });
  });

  it("assigns by e-mail, name, id and me, and clears", async () => {
    const ann = { type: "user", id: api.userId, name: "Ann", email: "ann@example.com" };
    for (const assignedTo of ["ANN@example.com", "ann", `user:${api.userId}`, "me"]) {
      expect(await put("id=1", { assignedTo })).toMatchObject({ status: 200, body: { assignedTo: ann } });
      expect(await show(1)).toMatchObject({ assignedTo: ann });
      expect(await api.get(`${org}?query=assigned:me`)).toMatchObject([{ id: "1" }]);
      expect(await api.get(`${org}?query=assigned:ann@example.com`)).toHaveLength(1);
      expect(await put("id=1", { assignedTo: "" })).toMatchObject({ body: { assignedTo: null } });
    }
    await put("id=1", { assignedTo: "team:1" });
    expect(await show(1)).toMatchObject({ assignedTo: { type: "team", id: "1", name: "acme" } });
    for (const assignedTo of ["bob@example.com", "user:' or 1=1", "team:2"]) {
      expect((await put("id=1", { assignedTo })).status).toBe(400);
    }
    expect((await activity(1)).slice(0, 3)).toMatchObject([
      { type: "assigned", data: { assigneeType: "team" } },
      { type: "unassigned" },
      { type: "assigned", data: { assigneeName: "Ann", assigneeEmail: "ann@example.com" } },
    ]);
  });

  it("sets the priority for good, and lets it go again", async () => {
    await put("id=1", { priority: "low" });
    expect(await show(1)).toMatchObject({ priority: "low", priorityLockedAt: expect.any(String) });
    await put("id=1", { priority: "auto" });
    expect(await show(1)).toMatchObject({ priority: "high", priorityLockedAt: null });
    expect((await activity(1))[0]).toMatchObject({
      type: "set_priority",
      data: { priority: "high", reason: "auto" },
    });
  });

  it("changes a single issue and answers it in full", async () => {
    const answer = await api.ask("PUT", "/issues/1/", { status: "resolved", assignedTo: "me" });
    expect(answer.body).toMatchObject({
      id: "1",
      status: "resolved",
      assignedTo: { name: "Ann" },
      grouping: {},
    });
  });

  it("skips what is not in scope and answers 204 when nothing is left", async () => {
    expect((await put("id=5", { status: "resolved" })).status).toBe(204);
    expect((await api.ask("PUT", "/projects/acme/shop/issues/?id=4", { status: "resolved" })).status).toBe(
      204,
    );
    expect((await row(5)).status).toBe("unresolved");
    expect((await put("id=1%20or%201=1", { status: "resolved" })).status).toBe(400);
    expect((await put("id=1", { status: "gone" })).status).toBe(400);
    expect((await put("id=1", { status: "resolved" }, "reader")).status).toBe(403);
    expect((await api.ask("DELETE", `${org}?id=1`, undefined, "reader")).status).toBe(403);
  });

  it("takes the command line's filter by status for the whole project", async () => {
    await put("id=3", { status: "ignored" });
    const all = "/projects/acme/shop/issues/";
    expect(
      await api.ask("PUT", `${all}?status=unresolved`, { status: "resolved", snoozeDuration: null }),
    ).toMatchObject({
      status: 200,
    });
    expect([
      (await row(1)).status,
      (await row(2)).status,
      (await row(3)).status,
      (await row(4)).status,
    ]).toEqual(["resolved", "resolved", "archived", "unresolved"]);
    expect((await api.ask("PUT", `${all}?status=unresolved`, { status: "resolved" })).status).toBe(204);
    await api.ask("PUT", all, { status: "muted" });
    expect(await api.get(`${org}?query=is:archived`)).toHaveLength(3);
    await put("query=level:error", { status: "unresolved" });
    expect(await api.get(`${org}?query=is:unresolved`)).toHaveLength(4);
    expect((await put("", { assignedTo: "me" })).status).toBe(400);
  });

  it("merges into the oldest short id with all figures, and splits again", async () => {
    await api.ask("POST", `${org}2/notes/`, { text: "me too" });
    const answer = await put("id=3&id=2&id=1", { merge: 1 });
    expect(answer.body).toEqual({ merge: { parent: "1", children: ["2", "3"] } });
    const merged = await show(1);
    expect(merged).toMatchObject({
      shortId: "SHOP-1",
      count: "4",
      numComments: 1,
      firstSeen: new Date(api.now - 5 * hourMs).toISOString(),
      lastSeen: new Date(api.now - 2 * hourMs).toISOString(),
    });
    expect(merged["environments"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "production", count: 2 }),
        expect.objectContaining({ name: "staging", count: 2 }),
      ]),
    );
    expect((await api.ask("GET", `${org}2/`)).status).toBe(404);
    expect(await api.get(`${org}1/events/`)).toHaveLength(4);
    expect((await activity(1)).map(({ type }) => type)).toEqual(["merge", "note", "first_seen"]);
    await api.feed([{ payload: failure("B") }]);
    expect(await show(1)).toMatchObject({ count: "5" });

    const hashes = await api.get<{ id: string; count: number; latestEvent: { title: string } }[]>(
      `${org}1/hashes/`,
    );
    expect(hashes).toHaveLength(3);
    const ofB = hashes.find(({ latestEvent }) => latestEvent.title.startsWith("B"));
    expect(ofB?.count).toBe(2);
    const split = await api.ask("PUT", `${org}1/hashes/?id=${ofB?.id}`);
    expect(split.status).toBe(202);
    const created = await show((split.body as { id: string }).id);
    expect(created).toMatchObject({
      shortId: "SHOP-4",
      title: "B: B happened",
      count: "2",
      firstRelease: { version: "shop@1.1.0" },
    });
    expect(await show(1)).toMatchObject({ count: "3", title: "A: A happened" });
    expect((await activity(1))[0]).toMatchObject({ type: "unmerge" });
    for (const id of [ofB?.id, "'", hashes.map((one) => one.id).join("&id=")]) {
      expect((await api.ask("PUT", `${org}1/hashes/?id=${id}`)).status).toBe(400);
    }
  });

  it("merges issues of one project only", async () => {
    expect((await put("id=1&id=4", { merge: 1 })).body).toEqual({
      detail: "Only issues of one project can be merged.",
    });
    expect((await put("id=1", { merge: 1 })).status).toBe(400);
  });

  it("deletes issues, their attachments and their events", async () => {
    await api.feed([
      { payload: failure("A"), attachment: { name: "a.txt", type: "text/plain", body: "x" } },
      { payload: failure("A"), at: api.now + hourMs },
    ]);
    const blob = await api.meta.db.selectFrom("attachment").select("blob_key").executeTakeFirstOrThrow();
    expect((await api.ask("DELETE", `${org}?id=3`)).status).toBe(204);
    const { eventsGone } = await deleteIssues({ ...api.ports, userId: null }, [1]);
    await eventsGone;
    expect((await api.ask("GET", `${org}1/`)).status).toBe(404);
    expect(await api.ports.blobs.get(blob.blob_key)).toBeNull();
    const left = async (table: string) => {
      const rows = await api.events.query<{ n: number }>(
        `SELECT toUInt32(count()) AS n FROM ${table} WHERE project_id = 1 AND release = 'shop@1.0.0'`,
      );
      return rows[0]?.n;
    };
    await expect.poll(() => left("events"), { timeout: 10_000 }).toBe(0);
    await expect.poll(() => left("event_counts"), { timeout: 10_000 }).toBe(0);
    const kept = await api.events.query("SELECT event_id FROM events WHERE project_id = 1");
    // B, and the event of A which arrived after the deletion.
    expect(kept).toHaveLength(2);
    await api.feed([{ payload: failure("A") }]);
    expect(await api.get(`${org}?query=title:A*&project=shop`)).toMatchObject([
      { shortId: "SHOP-4", count: "1" },
    ]);
    expect((await api.ask("DELETE", org)).status).toBe(400);
  });
});
