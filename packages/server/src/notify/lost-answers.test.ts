import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { metaKinds } from "../store/meta/meta.test-suite.js";
import { openNotifyBench, portsOf, type NotifyBench } from "./notify.test-suite.js";
import { runNotify } from "./run-notify.js";

/** What the database holds when a process dies after Discord took the message and before it was remembered. */
async function dieBeforeRemembering(bench: NotifyBench, id: number): Promise<void> {
  await bench.stop();
  await bench.meta
    .updateTable("notification")
    .set({
      state: "sending",
      next_attempt_at: bench.clock.now() + 60_000,
      delivered_at: null,
      remote_message_id: null,
    })
    .where("id", "=", id)
    .execute();
  await bench.meta.deleteFrom("delivery").where("notification_id", "=", id).execute();
}

describe.each(metaKinds())("an answer nobody saw, on $name", (kind) => {
  let bench: NotifyBench;
  let byBot = 0;
  let byWebhook = 0;

  beforeEach(async () => {
    bench = await openNotifyBench(kind);
    const { channelId } = bench.discord.channel("critical");
    byBot = await bench.addChannel({
      name: "critical",
      type: "discord_bot",
      secret: { botToken: bench.discord.botToken },
      config: { channelId },
    });
    const { webhookUrl } = bench.discord.channel("errors");
    byWebhook = await bench.addChannel({ name: "errors", secret: { webhookUrl: webhookUrl ?? "" } });
  });
  afterEach(() => bench.dispose());

  const isIn = (id: number, state: string) => async () => (await bench.row(id)).state === state;

  it("takes a message left by a dead process up again after a minute, not sooner", async () => {
    bench.start();
    const id = await bench.notify(byWebhook);
    await bench.until(isIn(id, "delivered"));
    await dieBeforeRemembering(bench, id);
    bench.start();
    await bench.clock.advance(59_000);
    expect((await bench.row(id)).state).toBe("sending");
    await bench.advanceUntil(isIn(id, "delivered"));
    expect(await bench.deliveries(id)).toMatchObject([
      { outcome: "retry", http_status: null, reason: expect.stringContaining("may have arrived") },
      { outcome: "delivered" },
    ]);
  });

  it("doubles no message of a bot when the process dies in between", async () => {
    bench.start();
    const id = await bench.notify(byBot);
    await bench.until(isIn(id, "delivered"));
    await dieBeforeRemembering(bench, id);
    bench.start();
    await bench.advanceUntil(isIn(id, "delivered"));
    expect(bench.discord.messages()).toHaveLength(1);
    expect((await bench.row(id)).remote_message_id).toBe(bench.discord.messages()[0]?.id);
  });

  it("doubles no message of a bot when the answer is lost on the way", async () => {
    bench.discord.injectFault({ kind: "reset", saveFirst: true, times: 1 });
    bench.start();
    const id = await bench.notify(byBot);
    await bench.advanceUntil(isIn(id, "delivered"));
    expect((await bench.row(id)).attempts).toBe(2);
    expect(bench.discord.messages()).toHaveLength(1);
  });

  it("sends a webhook's message again when its answer is lost, and says that it may have arrived", async () => {
    bench.discord.injectFault({ kind: "reset", saveFirst: true, times: 1 });
    bench.start();
    const id = await bench.notify(byWebhook);
    await bench.advanceUntil(isIn(id, "delivered"));
    expect(bench.discord.messages()).toHaveLength(2);
    expect((await bench.deliveries(id))[0]?.reason).toContain("the message may have arrived");
  });

  it("sends each message once while two processes serve one outbox", async () => {
    bench.start();
    const second = new AbortController();
    const other = runNotify(portsOf(bench), second.signal);
    const ids: number[] = [];
    for (let index = 0; index < 12; index++) {
      ids.push(await bench.notify(index % 2 === 0 ? byBot : byWebhook));
      other.wake();
    }
    await bench.advanceUntil(async () => {
      const open = await bench.meta
        .selectFrom("notification")
        .select("id")
        .where("state", "!=", "delivered")
        .execute();
      return open.length === 0;
    });
    second.abort();
    await other.done;
    expect(bench.discord.messages()).toHaveLength(ids.length);
  });
});
