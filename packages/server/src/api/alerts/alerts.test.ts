import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { addToken, startApiServer } from "../api-server.test-suite.js";
import type { ApiServer, Method } from "../api-server.test-suite.js";
import {
  dump,
  sampleFile,
  webhookToken,
  webhookUrl,
} from "../../actions/alerts/config-file/config-file.test-suite.js";

const base = "/organizations/default/alerts";
const definition = {
  project: "default",
  when: ["first_seen"],
  notify: [{ channel: "errors", tags: ["level", "correlation_id"], mention: "@here" }],
};

describe.each(metaKinds())("alerts of the web API on $name", (kind) => {
  let server: ApiServer;
  const answers: unknown[] = [];

  beforeAll(async () => {
    server = await startApiServer({ kind });
    await ask("POST", "/channels/", { name: "errors", type: "discord", webhookUrl });
  });
  afterAll(() => server.dispose());

  /** Asks and keeps the answer, to look for secrets in all of them at the end. */
  async function ask(method: Method, path: string, body?: unknown) {
    const answer = await server.ask(method, `${base}${path}`, body === undefined ? {} : { body });
    answers.push(answer.body);
    return answer;
  }
  const makeRule = async (name: string, more: object = {}) =>
    (await ask("POST", "/rules/", { name, definition: { ...definition, ...more } })).body as { id: string };

  describe("rules", () => {
    it("are created with defaults, listed and read by id, slug and name", async () => {
      const { status, body } = await ask("POST", "/rules/", { name: "New issues", definition });
      expect(status).toBe(201);
      expect(body).toMatchObject({
        slug: "new-issues",
        name: "New issues",
        enabled: true,
        origin: "api",
        mutedUntil: null,
        projects: ["default"],
        missingChannels: [],
        lastFired: null,
        fired24h: 0,
        failed24h: 0,
        definition: { interval: "30m", notify: [{ channel: "errors" }] },
      });
      for (const handle of [body.id as string, "new-issues", "New%20issues"]) {
        expect((await ask("GET", `/rules/${handle}/`)).body).toEqual(body);
      }
      expect((await ask("GET", "/rules/")).body).toContainEqual(body);
    });

    it("are refused when the name is taken", async () => {
      await makeRule("Twice");
      const { status, body } = await ask("POST", "/rules/", { name: "twice!", definition });
      expect({ status, detail: body.detail as unknown }).toEqual({
        status: 409,
        detail: 'A rule called "Twice" exists already.',
      });
    });

    it.each([
      [{ name: "", definition }, "name"],
      [{ name: "A", definition: {} }, "definition.when"],
      [{ name: "A", definition: { ...definition, project: ["default", "nope"] } }, "definition.project[1]"],
      [
        { name: "A", definition: { ...definition, notify: [{ channel: "nope" }] } },
        "definition.notify[0].channel",
      ],
    ])("are refused with the wrong place: %j", async (input, path) => {
      const { status, body } = await ask("POST", "/rules/", input);
      expect(status).toBe(400);
      expect(body.errors[0].path).toBe(path);
      expect(body.detail).toContain(path);
    });

    it("are switched off and on and changed, and the alert stage sees each change", async () => {
      const { id } = await makeRule("Switched");
      const revisions = [];
      for (const change of [
        { enabled: false },
        { enabled: true },
        { definition: { ...definition, interval: "4h" } },
      ]) {
        expect((await ask("PUT", `/rules/${id}/`, change)).body).toMatchObject(change);
        const { meta } = server.ports;
        revisions.push(
          (await meta.selectFrom("rule").select("updated_at").where("id", "=", Number(id)).executeTakeFirst())
            ?.updated_at,
        );
      }
      expect(new Set(revisions).size).toBe(3);
      expect((await ask("PUT", `/rules/${id}/`, { definition: {} })).status).toBe(400);
    });

    it("are muted for a time and woken", async () => {
      const { id } = await makeRule("Muted");
      const { body } = await ask("POST", `/rules/${id}/snooze/`, { durationMinutes: 60 });
      expect(Date.parse(body.mutedUntil) - server.ports.now()).toBeGreaterThan(59 * 60_000);
      const until = new Date(server.ports.now() + 3_600_000).toISOString();
      expect((await ask("POST", `/rules/${id}/snooze/`, { until })).body.mutedUntil).toBe(until);
      expect((await ask("DELETE", `/rules/${id}/snooze/`)).body.mutedUntil).toBeNull();
      expect((await ask("POST", `/rules/${id}/snooze/`, { until: "2020-01-01T00:00:00Z" })).status).toBe(400);
      expect((await ask("POST", `/rules/${id}/snooze/`, {})).status).toBe(400);
    });

    it("are deleted", async () => {
      const { id } = await makeRule("Deleted");
      expect((await ask("DELETE", `/rules/${id}/`)).status).toBe(204);
      expect((await ask("GET", `/rules/${id}/`)).status).toBe(404);
    });

    it("are tested through the outbox, whatever their state", async () => {
      const { id } = await makeRule("Tested", { environment: "staging", runbook: "https://wiki.test/x" });
      await ask("PUT", `/rules/${id}/`, { enabled: false });
      const { status, body } = await ask("POST", `/rules/${id}/test/`, {});
      expect(status).toBe(202);
      expect(body.notifications).toEqual([
        {
          id: expect.any(String) as string,
          channel: { id: expect.any(String) as string, name: "errors" },
          state: "pending",
        },
      ]);
      const { meta } = server.ports;
      const row = await meta
        .selectFrom("notification")
        .selectAll()
        .where("id", "=", Number(body.notifications[0].id))
        .executeTakeFirstOrThrow();
      expect(JSON.parse(row.payload)).toMatchObject({
        kind: "test",
        rule: { name: "Tested", runbook: "https://wiki.test/x" },
        project: { slug: "default" },
        issue: null,
        event: { environment: "staging", tags: { level: "error" } },
        tagKeys: ["level", "correlation_id"],
        mention: "@here",
      });
      const { body: history } = await ask("GET", `/rules/${id}/history/`);
      expect(history).toMatchObject([
        { outcome: "test", issue: null, notifications: [{ state: "pending", channel: { name: "errors" } }] },
      ]);
    });

    it("say that this server cannot try them on the past when nobody wired it", async () => {
      const { id } = await makeRule("Backtested");
      expect((await ask("POST", `/rules/${id}/backtest/`, { days: 7 })).status).toBe(503);
    });

    it("appear in Sentry's shape under the project", async () => {
      const { body } = await server.ask("GET", "/projects/default/default/rules/");
      expect(body).toContainEqual(
        expect.objectContaining({
          name: "New issues",
          conditions: [{ id: "sentry.rules.conditions.first_seen_event.FirstSeenEventCondition" }],
          frequency: 30,
          status: "active",
          projects: ["default"],
        }),
      );
    });
  });

  describe("history and figures", () => {
    it("count firings and held-back matches by day, and list them page by page", async () => {
      const { id } = await makeRule("Busy");
      const { meta, now } = server.ports;
      const at = now() - 1_000;
      const row = (outcome: string, data: object) => ({
        rule_id: Number(id),
        at,
        outcome,
        reason: "new issue",
        data: JSON.stringify(data),
      });
      await meta
        .insertInto("rule_history")
        .values([row("fired", {}), row("throttled", { count: 7 }), row("fired", {})])
        .execute();
      expect((await ask("GET", `/rules/${id}/`)).body.fired24h).toBe(2);
      const { body } = await ask("GET", `/rules/${id}/stats/?statsPeriod=14d`);
      expect(body.buckets).toHaveLength(15);
      expect(body.buckets.at(-1).slice(1)).toEqual([2, 7]);
      const page = await ask("GET", `/rules/${id}/history/?limit=2`);
      expect(page.body.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["fired", "throttled"]);
      expect(page.body[1].count).toBe(7);
      expect(page.headers["link"]).toContain('rel="next"; results="true"; cursor="0:2:0"');
      const rest = await ask("GET", `/rules/${id}/history/?limit=2&cursor=0:2:0`);
      expect(rest.body).toHaveLength(1);
      const all = await ask("GET", "/history/");
      const rules = (all.body as { rule: object }[]).map(({ rule }) => rule);
      expect(rules).toContainEqual({ id, name: "Busy" });
      expect(rules).toContainEqual(expect.objectContaining({ name: "Tested" }));
    });
  });

  describe("channels", () => {
    it("show a hint of their secret and keep it encrypted", async () => {
      const { body } = await ask("GET", "/channels/errors/");
      expect(body).toMatchObject({
        name: "errors",
        type: "discord",
        status: "active",
        secretHint: "https://discord.com/api/webhooks/1234…/••••",
        config: {},
        lastDelivery: null,
      });
      expect(await dump(server.ports)).not.toContain(webhookToken);
    });

    it("are renamed with the rules that send to them", async () => {
      const created = await ask("POST", "/channels/", { name: "old", type: "discord", webhookUrl });
      const { id } = await makeRule("Follows", { notify: [{ channel: "old" }] });
      expect((await ask("PUT", `/channels/${created.body.id}/`, { name: "errors" })).status).toBe(409);
      expect((await ask("PUT", `/channels/${created.body.id}/`, { name: "new" })).body.name).toBe("new");
      expect((await ask("GET", `/rules/${id}/`)).body.definition.notify[0].channel).toBe("new");
    });

    it("get a new secret, which switches them on again", async () => {
      const { body } = await ask("POST", "/channels/", { name: "rotated", type: "discord", webhookUrl });
      const { meta, secrets } = server.ports;
      await meta
        .updateTable("channel")
        .set({ status: "disabled", status_reason: "Discord knows no such webhook." })
        .where("id", "=", Number(body.id))
        .execute();
      const next = webhookUrl.replace("1234567", "9876543");
      const rotated = await ask("PUT", "/channels/rotated/", { webhookUrl: next });
      expect(rotated.body).toMatchObject({
        status: "active",
        statusReason: null,
        secretHint: "https://discord.com/api/webhooks/9876…/••••",
      });
      const row = await meta
        .selectFrom("channel")
        .select("secret")
        .where("name", "=", "rotated")
        .executeTakeFirstOrThrow();
      expect(JSON.parse(secrets.open(row.secret))).toEqual({ webhookUrl: next });
    });

    it("are made for a bot and a channel id", async () => {
      const input = {
        name: "bot",
        type: "discord_bot",
        botToken: "bot.token-0123456789",
        channelId: "123456789012345678",
      };
      const { status, body } = await ask("POST", "/channels/", input);
      expect(status).toBe(201);
      expect(body).toMatchObject({ secretHint: "••••6789", config: { channelId: "123456789012345678" } });
      expect((await ask("PUT", "/channels/bot/", { webhookUrl })).status).toBe(400);
    });

    it.each([
      [{ name: "x", type: "discord", webhookUrl: webhookToken }, "webhookUrl"],
      [{ name: "x", type: "discord_bot", botToken: "0123456789", channelId: "general" }, "channelId"],
      [{ name: "", type: "discord", webhookUrl }, "name"],
      [{ name: "x", type: "pager" }, "type"],
    ])("are refused with the wrong field", async (input, path) => {
      const { status, body } = await ask("POST", "/channels/", input);
      expect({ status, path: body.errors[0].path as unknown }).toEqual({ status: 400, path });
    });

    it("are tested alone, enabled and deleted; a rule shows the missing one", async () => {
      await ask("POST", "/channels/", { name: "brief", type: "discord", webhookUrl });
      const { id } = await makeRule("Orphan", { notify: [{ channel: "brief" }] });
      await server.ports.meta
        .updateTable("channel")
        .set({ status: "disabled" })
        .where("name", "=", "brief")
        .execute();
      expect((await ask("POST", "/channels/brief/enable/", {})).body.status).toBe("active");
      const tested = await ask("POST", "/channels/brief/test/", {});
      expect(tested).toMatchObject({ status: 202, body: { notification: { state: "pending" } } });
      expect((await ask("DELETE", "/channels/brief/")).status).toBe(204);
      expect((await ask("GET", `/rules/${id}/`)).body.missingChannels).toEqual(["brief"]);
      const { body } = await ask("GET", `/notifications/${tested.body.notification.id}/`);
      expect(body).toMatchObject({ state: "dropped", channel: { name: "(deleted)" } });
      expect((await ask("POST", `/rules/${id}/test/`, {})).status).toBe(400);
    });
  });

  describe("notifications", () => {
    it("show every attempt, and are sent again only when they failed", async () => {
      const { meta, now } = server.ports;
      const { body } = await ask("POST", "/channels/errors/test/", {});
      const { id } = body.notification as { id: string };
      expect((await ask("POST", `/notifications/${id}/retry/`, {})).status).toBe(409);
      await meta
        .updateTable("notification")
        .set({ state: "failed", attempts: 12, last_error: "Discord knows no such webhook." })
        .where("id", "=", Number(id))
        .execute();
      await meta
        .insertInto("delivery")
        .values({
          notification_id: Number(id),
          channel_id: 1,
          attempt: 1,
          at: now(),
          outcome: "failed",
          http_status: 404,
          reason: "Discord knows no such webhook.",
          duration_ms: 12,
        })
        .execute();
      expect((await ask("GET", `/notifications/${id}/`)).body).toMatchObject({
        state: "failed",
        attempts: 12,
        deliveries: [{ attempt: 1, outcome: "failed", httpStatus: 404, durationMs: 12 }],
      });
      expect((await ask("GET", "/channels/errors/")).body.lastDelivery).toMatchObject({ outcome: "failed" });
      expect((await ask("POST", `/notifications/${id}/retry/`, {})).body).toMatchObject({
        state: "pending",
        attempts: 0,
        lastError: null,
      });
      expect((await ask("GET", "/notifications/999999/")).status).toBe(404);
    });
  });

  describe("the emergency stop", () => {
    it("holds until it is ended, and says since when", async () => {
      const { body } = await ask("POST", "/stop/");
      expect(Date.parse(body.alertsStoppedAt)).toBeGreaterThan(0);
      expect((await ask("POST", "/stop/")).body).toEqual(body);
      expect((await ask("DELETE", "/stop/")).body).toEqual({ alertsStoppedAt: null, alertsStoppedBy: null });
    });
  });

  describe("alerts as code", () => {
    it("are planned and applied from JSON and from YAML", async () => {
      const planned = await ask("POST", "/apply/?dryRun=1", sampleFile());
      expect(planned.body).toMatchObject({ applied: false });
      const response = await server.app.inject({
        method: "POST",
        url: `/api/0${base}/apply`,
        headers: { authorization: `Bearer sntryu_${"0".repeat(64)}`, "content-type": "text/yaml" },
        payload: JSON.stringify(sampleFile()),
      });
      expect(response.json()).toMatchObject({ applied: true, changes: planned.body.changes as object[] });
      answers.push(response.json());
    });

    it("name the wrong places of a file", async () => {
      const { status, body } = await ask("POST", "/apply/", { version: 2, rules: [{ name: "A" }] });
      expect(status).toBe(400);
      expect(body).toEqual({
        detail: "version: must be 1 (and 2 more)",
        errors: [
          { path: "version", message: "must be 1" },
          { path: "rules[0].when", message: "is required" },
          { path: "rules[0].notify", message: "is required" },
        ],
      });
    });

    it("make no projects for a token that may only write alerts", async () => {
      const token = await addToken(server, {
        text: "sntryu_alerts",
        scopes: ["alerts:read", "alerts:write"],
      });
      const file = { ...sampleFile(), projects: [{ slug: "another" }] };
      const { status, body } = await server.ask("POST", `${base}/apply/`, { token, body: file });
      expect({ status, detail: body.detail as unknown }).toEqual({
        status: 403,
        detail: 'The file changes the project "another"; that needs the scope project:write.',
      });
    });
  });

  it("never let a secret out: in answers, in the audit log, in any table", async () => {
    expect(answers.length).toBeGreaterThan(50);
    expect(JSON.stringify(answers)).not.toContain(webhookToken);
    expect(JSON.stringify(answers)).not.toContain("bot.token-0123456789");
    expect(await dump(server.ports)).not.toContain(webhookToken);
    const audit = await server.ports.meta.selectFrom("audit").select("action").distinct().execute();
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        "rule.create",
        "rule.disable",
        "rule.delete",
        "channel.rotate_secret",
        "alerts.stop",
      ]),
    );
  });
});
