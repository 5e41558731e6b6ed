import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { metaKinds } from "../../../store/meta/meta.test-suite.js";
import { InvalidDocument } from "../invalid-document.js";
import { applyConfigFile } from "./apply-config-file.js";
import type { ApplyResult } from "./apply-config-file.js";
import { dump, makeAlertPorts, sampleFile, webhookToken, webhookUrl } from "./config-file.test-suite.js";

type Place = Awaited<ReturnType<typeof makeAlertPorts>>;

describe.each(metaKinds())("applyConfigFile on $name", (kind) => {
  let place: Place;

  beforeEach(async () => {
    place = await makeAlertPorts(kind);
  });
  afterEach(() => place.dispose());

  const apply = (document: unknown, { dryRun = false, mayChangeProjects = true } = {}) =>
    applyConfigFile(place.ports, place.actor, { document, dryRun, mayChangeProjects });

  /** `create rule X`, without what stays. */
  const deeds = ({ changes }: ApplyResult) =>
    changes
      .filter(({ action }) => action !== "unchanged")
      .map(({ action, kind: what, name }) => `${action} ${what} ${name}`);

  const problemsOf = async (document: unknown) => {
    const error: unknown = await apply(document).catch((reason: unknown) => reason);
    if (!(error instanceof InvalidDocument)) throw new Error(`expected problems, got ${String(error)}`);
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  };

  it("creates everything of a new file", async () => {
    const result = await apply(sampleFile());
    expect(deeds(result)).toEqual([
      "create project checkout",
      "create channel critical",
      "create rule Critical errors",
      "create monitor Slow pages",
    ]);
    expect(result).toMatchObject({
      applied: true,
      warnings: ["monitors are kept but not evaluated by this version"],
    });
    const rule = await place.ports.meta.selectFrom("rule").selectAll().executeTakeFirstOrThrow();
    expect(rule).toMatchObject({ slug: "critical-errors", origin: "file", enabled: 1 });
    const keys = await place.ports.meta.selectFrom("project_key").select("project_id").execute();
    expect(keys).toHaveLength(2);
  });

  it("changes nothing when the same file is applied again", async () => {
    await apply(sampleFile());
    const before = await dump(place.ports);
    const again = await apply(sampleFile());
    expect(deeds(again)).toEqual([]);
    expect(again.changes.map(({ action }) => action)).toEqual(Array.from({ length: 4 }, () => "unchanged"));
    expect(await dump(place.ports)).toBe(before);
  });

  it("changes nothing in a dry run, and says the same as applying", async () => {
    const before = await dump(place.ports);
    const planned = await apply(sampleFile(), { dryRun: true });
    expect(planned.applied).toBe(false);
    expect(await dump(place.ports)).toBe(before);
    expect((await apply(sampleFile())).changes).toEqual(planned.changes);
  });

  it("shows changed fields one by one", async () => {
    await apply(sampleFile());
    const file = sampleFile();
    const [rule] = file.rules;
    if (rule) Object.assign(rule, { interval: "4h", notify: [{ channel: "critical", tags: ["level"] }] });
    const { changes } = await apply(file);
    expect(changes.find(({ action }) => action === "update")?.diff).toEqual([
      { path: "notify[0].tags", from: ["environment"], to: ["level"] },
      { path: "notify[0].mention", from: "@here", to: null },
      { path: "interval", from: "1h", to: "4h" },
    ]);
  });

  it("removes what left the file, and only what came from a file", async () => {
    await apply(sampleFile());
    const { meta } = place.ports;
    await meta
      .insertInto("rule")
      .values({
        organization_id: 1,
        slug: "by-hand",
        name: "By hand",
        definition: JSON.stringify({ when: ["first_seen"], notify: [{ channel: "critical" }] }),
        enabled: 1,
        origin: "api",
        created_at: 1,
        updated_at: 1,
      })
      .execute();
    const result = await apply({ version: 1 });
    expect(deeds(result)).toEqual([
      "delete channel critical",
      "delete rule Critical errors",
      "delete monitor Slow pages",
    ]);
    expect(result.warnings).toEqual([
      'the rule "By hand" still sends to the channel "critical", which is removed',
    ]);
    expect(await meta.selectFrom("rule").select("slug").execute()).toEqual([{ slug: "by-hand" }]);
    expect(await meta.selectFrom("project").select("slug").orderBy("id").execute()).toHaveLength(2);
  });

  it("keeps the id and the switch of a rule that people turned off", async () => {
    await apply(sampleFile());
    const { meta } = place.ports;
    const before = await meta.selectFrom("rule").selectAll().executeTakeFirstOrThrow();
    await meta.updateTable("rule").set({ enabled: 0 }).execute();
    const file = sampleFile();
    if (file.rules[0]) file.rules[0].name = "CRITICAL errors";
    await apply(file);
    const after = await meta.selectFrom("rule").selectAll().executeTakeFirstOrThrow();
    expect(after).toMatchObject({ id: before.id, slug: before.slug, name: "CRITICAL errors", enabled: 0 });
    expect(after.updated_at).toBeGreaterThan(before.updated_at);
  });

  it("takes a new secret as a change, repairs the channel, and shows neither secret", async () => {
    await apply(sampleFile());
    await place.ports.meta
      .updateTable("channel")
      .set({ status: "disabled", status_reason: "gone" })
      .execute();
    const file = sampleFile();
    if (file.channels[0]) file.channels[0].webhookUrl = webhookUrl.replace("tOkEn", "nEwEr");
    const result = await apply(file);
    expect(deeds(result)).toEqual(["update channel critical"]);
    expect(result.changes[1]?.diff).toEqual([
      {
        path: "secret",
        from: "https://discord.com/api/webhooks/1234…/••••",
        to: "https://discord.com/api/webhooks/1234…/•••• (new)",
      },
    ]);
    const row = await place.ports.meta.selectFrom("channel").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ status: "active", status_reason: null });
    expect(place.ports.secrets.open(row.secret)).toContain("nEwEr");
  });

  it("warns about a channel that is disabled although nothing changed", async () => {
    await apply(sampleFile());
    await place.ports.meta
      .updateTable("channel")
      .set({ status: "disabled", status_reason: "It was deleted." })
      .execute();
    const { warnings } = await apply(sampleFile());
    expect(warnings).toContain('the channel "critical" is disabled: It was deleted.');
  });

  it("shows and stores no secret in the open", async () => {
    const result = await apply(sampleFile());
    expect(JSON.stringify(result)).not.toContain(webhookToken);
    expect(await dump(place.ports)).not.toContain(webhookToken);
  });

  it("writes each change to the audit log", async () => {
    await apply(sampleFile());
    const rows = await place.ports.meta
      .selectFrom("audit")
      .select(["action", "target"])
      .orderBy("id")
      .execute();
    expect(rows).toEqual([
      { action: "project.create", target: "checkout" },
      { action: "channel.create", target: "critical" },
      { action: "rule.create", target: "Critical errors" },
      { action: "monitor.create", target: "Slow pages" },
    ]);
  });

  it("makes a rule of the same name that was made by hand the file's", async () => {
    await apply(sampleFile());
    await place.ports.meta.updateTable("rule").set({ origin: "api" }).execute();
    const { changes } = await apply(sampleFile());
    expect(changes.find(({ kind: what }) => what === "rule")).toMatchObject({
      action: "update",
      diff: [{ path: "origin", from: "api", to: "file" }],
    });
  });

  it("refuses names that will not exist after applying, and changes nothing", async () => {
    const file = { ...sampleFile(), projects: [], channels: [] };
    const before = await dump(place.ports);
    expect(await problemsOf(file)).toEqual([
      'rules[0].project: names the project "checkout", which does not exist',
      'rules[0].notify[0].channel: names the channel "critical", which does not exist',
      'monitors[0].project: names the project "checkout", which does not exist',
      'monitors[0].notify[0].channel: names the channel "critical", which does not exist',
    ]);
    expect(await dump(place.ports)).toBe(before);
  });

  it("refuses a rule whose channel leaves the file", async () => {
    await apply(sampleFile());
    expect(await problemsOf({ ...sampleFile(), channels: [] })).toHaveLength(2);
  });

  it("refuses changes of projects by somebody who may only write alerts", async () => {
    await expect(apply(sampleFile(), { mayChangeProjects: false })).rejects.toThrow(/project:write/);
    await apply(sampleFile());
    expect(deeds(await apply(sampleFile(), { mayChangeProjects: false }))).toEqual([]);
  });

  it("drops what waits in the outbox for a removed rule", async () => {
    await apply(sampleFile());
    const { meta } = place.ports;
    const { id } = await meta.selectFrom("rule").select("id").executeTakeFirstOrThrow();
    await meta
      .insertInto("notification")
      .values({
        dedupe_key: "k",
        organization_id: 1,
        channel_id: 1,
        rule_id: id,
        kind: "issue_alert",
        payload: "{}",
        state: "pending",
        attempts: 0,
        next_attempt_at: 0,
        created_at: 0,
      })
      .execute();
    await apply({ ...sampleFile(), rules: [] });
    const rows = await meta.selectFrom("notification").select(["state", "last_error"]).execute();
    expect(rows).toEqual([
      { state: "dropped", last_error: "The rule was deleted before the message was sent." },
    ]);
  });
});
