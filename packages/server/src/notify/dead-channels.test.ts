import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SecretBox } from "../shared/secret-box.js";
import { metaKinds } from "../store/meta/meta.test-suite.js";
import { openNotifyBench, type NotifyBench } from "./notify.test-suite.js";

describe.each(metaKinds())("a channel that takes nothing any more, on $name", (kind) => {
  let bench: NotifyBench;
  let webhookUrl = "";

  beforeEach(async () => {
    bench = await openNotifyBench(kind);
    webhookUrl = bench.discord.channel("errors").webhookUrl ?? "";
  });
  afterEach(() => bench.dispose());

  const isIn = (id: number, state: string) => async () => (await bench.row(id)).state === state;
  const channel = (id: number) =>
    bench.meta.selectFrom("channel").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

  it("is disabled with the reason, an audit row, and all that waited for it", async () => {
    const id = await bench.addChannel({ name: "errors", secret: { webhookUrl } });
    bench.discord.deleteWebhook(bench.discord.channel("errors").webhookId ?? "");
    const first = await bench.notify(id);
    const second = await bench.notify(id);
    bench.start();
    await bench.until(isIn(second, "failed"));
    const reason = expect.stringContaining("Discord no longer knows this webhook: it was deleted.");
    expect(await channel(id)).toMatchObject({
      status: "disabled",
      status_reason: reason,
      status_at: bench.clock.now(),
    });
    expect(await bench.deliveries(first)).toMatchObject([{ outcome: "failed", http_status: 404, reason }]);
    expect(await bench.row(second)).toMatchObject({ attempts: 0, last_error: reason });
    const audit = await bench.meta.selectFrom("audit").selectAll().execute();
    expect(audit).toMatchObject([{ action: "channel.disabled", target: `channel:${id}`, user_id: null }]);
  });

  it("fails what comes later with the reason instead of losing it", async () => {
    const id = await bench.addChannel({ name: "errors", secret: { webhookUrl } });
    await bench.meta
      .updateTable("channel")
      .set({ status: "disabled", status_reason: "Switched off by Ada." })
      .execute();
    bench.start();
    const late = await bench.notify(id);
    await bench.until(isIn(late, "failed"));
    expect((await bench.row(late)).last_error).toBe("The channel “errors” is disabled. Switched off by Ada.");
    expect(bench.discord.messages()).toEqual([]);
  });

  it("fails what was meant for a deleted channel", async () => {
    bench.start();
    const id = await bench.notify(999);
    await bench.until(isIn(id, "failed"));
    expect((await bench.row(id)).last_error).toBe("The channel was deleted.");
  });

  it("stays in use when its webhook was replaced while the old one was failing", async () => {
    const id = await bench.addChannel({ name: "errors", secret: { webhookUrl } });
    bench.discord.injectFault({ kind: "status", status: 404, code: 10_015, afterMs: 1_000, times: 1 });
    bench.start();
    const sent = await bench.notify(id);
    await bench.until(isIn(sent, "sending"));
    const replaced = await bench.addChannel({ name: "new", secret: { webhookUrl } });
    const { secret } = await channel(replaced);
    await bench.meta.updateTable("channel").set({ secret }).where("id", "=", id).execute();
    await bench.advanceUntil(isIn(sent, "delivered"));
    expect((await channel(id)).status).toBe("active");
    expect(await bench.deliveries(sent)).toMatchObject([
      { outcome: "retry", http_status: 404 },
      { outcome: "delivered" },
    ]);
  });

  it.each([
    ["a wrong channel id", { status: 404, code: 10_003 }, "no channel with this id"],
    ["a channel the bot cannot see", { status: 403, code: 50_001 }, "View Channel"],
    ["a missing permission", { status: 403, code: 50_013 }, "Send Messages and Embed Links"],
    ["a wrong token", { status: 401 }, "refuses the bot's token"],
  ])("is disabled for %s", async (_what, fault, reason) => {
    const { channelId } = bench.discord.channel("critical");
    const secret = { botToken: bench.discord.botToken };
    const id = await bench.addChannel({
      name: "critical",
      type: "discord_bot",
      secret,
      config: { channelId },
    });
    bench.discord.injectFault({ kind: "status", ...fault, times: 1 });
    bench.start();
    const sent = await bench.notify(id);
    await bench.until(isIn(sent, "failed"));
    expect(await channel(id)).toMatchObject({
      status: "disabled",
      status_reason: expect.stringContaining(reason),
    });
  });

  it("is disabled when its settings cannot work", async () => {
    const id = await bench.addChannel({ name: "odd", secret: { webhookUrl: "https://example.com/hook" } });
    bench.start();
    const sent = await bench.notify(id);
    await bench.until(isIn(sent, "failed"));
    expect((await channel(id)).status_reason).toBe(
      "A webhook's address begins with https://discord.com/api/webhooks/.",
    );
  });

  it("is disabled with a sentence when its secret cannot be opened", async () => {
    const id = await bench.addChannel({ name: "errors", secret: { webhookUrl } });
    bench.start({ secrets: new SecretBox([randomBytes(32)]) });
    const sent = await bench.notify(id);
    await bench.until(isIn(sent, "failed"));
    expect((await channel(id)).status_reason).toContain("VEDETTE_SECRET_KEY");
  });

  it("refuses a private address unless the server allows it", async () => {
    const id = await bench.addChannel({ name: "errors", secret: { webhookUrl } });
    bench.start({ allowPrivateHooks: false });
    const sent = await bench.notify(id);
    await bench.until(isIn(sent, "failed"));
    expect((await bench.row(sent)).last_error).toContain("VEDETTE_ALLOW_PRIVATE_HOOKS=1");
    expect(bench.discord.messages()).toEqual([]);
  });

  it("gives no secret away, neither in the log nor in any table", async () => {
    const { channelId } = bench.discord.channel("critical");
    const secret = { botToken: bench.discord.botToken };
    const byBot = await bench.addChannel({
      name: "critical",
      type: "discord_bot",
      secret,
      config: { channelId },
    });
    const byHook = await bench.addChannel({ name: "errors", secret: { webhookUrl } });
    bench.discord.injectFault({ kind: "status", status: 503, message: webhookUrl, times: 2 });
    bench.start();
    await bench.notify(byBot);
    const last = await bench.notify(byHook);
    await bench.advanceUntil(isIn(last, "delivered"));
    bench.discord.deleteWebhook(bench.discord.channel("errors").webhookId ?? "");
    await bench.advanceUntil(isIn(await bench.notify(byHook), "failed"));
    const tables = await Promise.all(
      (["channel", "notification", "delivery", "audit"] as const).map((table) =>
        bench.meta.selectFrom(table).selectAll().execute(),
      ),
    );
    const everything = JSON.stringify([tables, bench.log]);
    expect(everything).not.toContain(webhookUrl.split("/").at(-1));
    expect(everything).not.toContain(bench.discord.botToken);
  });
});
