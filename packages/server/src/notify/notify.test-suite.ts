import { randomBytes } from "node:crypto";
import { startDiscordSandbox, type DiscordSandbox } from "@vedette/discord-sandbox";
import type { NotificationPayload } from "../domain/notification.js";
import { ManualClock } from "../shared/clock.js";
import { createLog } from "../shared/log.js";
import { SecretBox } from "../shared/secret-box.js";
import { openMeta, type MetaHandle } from "../store/meta/connect.js";
import type { MetaKind, MetaPlace } from "../store/meta/meta.test-suite.js";
import type { NotificationRow } from "./outbox/rows.js";
import { runNotify, type NotifyPorts, type NotifyStage } from "./run-notify.js";

const secrets = new SecretBox([randomBytes(32)]);

/** A payload with everything in it; tests change what they are about. */
export function samplePayload(changes: Partial<NotificationPayload> = {}): NotificationPayload {
  return {
    kind: "issue_alert",
    reason: "new issue",
    rule: { id: 1, name: "Critical errors to Discord" },
    project: { id: 1, slug: "checkout", name: "Checkout" },
    organization: { id: 1, slug: "default" },
    issue: {
      id: 17,
      shortId: "CHECKOUT-17",
      title: "TypeError: Cannot read properties of undefined (reading 'total')",
      culprit: "POST /api/checkout",
      level: "error",
      priority: "high",
      substatus: "new",
      firstSeen: 1_789_999_990_000,
      lastSeen: 1_789_999_999_000,
      timesSeen: 1_204,
      firstRelease: "shop@2.4.1",
      assignee: null,
      users: 87,
    },
    event: {
      id: "a".repeat(32),
      timestamp: 1_789_999_999_000,
      receivedAt: 1_789_999_999_500,
      environment: "production",
      release: "shop@2.4.1",
      level: "error",
      tags: { transaction: "POST /api/checkout", correlation_id: "req-81f2" },
    },
    tagKeys: ["environment", "level", "transaction", "correlation_id"],
    firedAt: 1_790_000_000_000,
    ...changes,
  };
}

/** A running stage with its own database, a strict stand-in for Discord and a clock moved by hand. */
export interface NotifyBench {
  readonly meta: MetaHandle["db"];
  readonly discord: DiscordSandbox;
  readonly clock: ManualClock;
  /** Every line logged. */
  readonly log: string[];
  /** Payload of the event the store answers with; null: it has none. */
  storedEvent: unknown;
  addChannel(settings: {
    name: string;
    type?: string;
    secret: Record<string, string>;
    config?: Record<string, unknown>;
  }): Promise<number>;
  notify(channelId: number, payload?: NotificationPayload): Promise<number>;
  start(changes?: Partial<NotifyPorts>): NotifyStage;
  /** Ends the running stage. */
  stop(): Promise<void>;
  row(notificationId: number): Promise<NotificationRow>;
  deliveries(
    notificationId: number,
  ): Promise<readonly { outcome: string; http_status: number | null; reason: string }[]>;
  /** Waits in real time; the clock stands still. */
  until(isTrue: () => boolean | Promise<boolean>): Promise<void>;
  /** Waits while the clock goes on by steps. */
  advanceUntil(isTrue: () => boolean | Promise<boolean>, stepMs?: number): Promise<void>;
  dispose(): Promise<void>;
}

export async function openNotifyBench(kind: MetaKind): Promise<NotifyBench> {
  const place: MetaPlace = await kind.makePlace();
  const handle = await openMeta(place.target);
  const clock = new ManualClock();
  const discord = await startDiscordSandbox({
    channels: ["critical", "errors", "performance", { name: "incidents", type: 15 }],
    now: () => clock.now(),
  });
  await addOrganization(handle.db);
  const log: string[] = [];
  let abort = new AbortController();
  let stage: NotifyStage | undefined;
  let count = 0;
  const bench: NotifyBench = {
    meta: handle.db,
    discord,
    clock,
    log,
    storedEvent: null,
    addChannel: (settings) => addChannel(handle.db, settings),
    notify: async (channelId, payload = samplePayload()) => {
      count++;
      const id = await addNotification(handle.db, {
        channelId,
        payload,
        key: `key-${count}`,
        now: clock.now(),
      });
      stage?.wake();
      return id;
    },
    start: (changes = {}) => {
      abort = new AbortController();
      stage = runNotify({ ...portsOf(bench), ...changes }, abort.signal);
      return stage;
    },
    stop: async () => {
      abort.abort();
      await stage?.done;
      stage = undefined;
    },
    row: (id) =>
      handle.db.selectFrom("notification").selectAll().where("id", "=", id).executeTakeFirstOrThrow(),
    deliveries: (id) =>
      handle.db
        .selectFrom("delivery")
        .select(["attempt", "outcome", "http_status", "reason"])
        .where("notification_id", "=", id)
        .orderBy("id")
        .execute(),
    until: (isTrue) => waitUntil(isTrue, async () => {}),
    advanceUntil: (isTrue, stepMs = 250) => waitUntil(isTrue, () => clock.advance(stepMs)),
    dispose: async () => {
      await bench.stop();
      await discord.stop();
      await handle.close();
      await place.remove();
    },
  };
  return bench;
}

/** The ports of a stage on this bench. */
export function portsOf(bench: NotifyBench): NotifyPorts {
  return {
    meta: bench.meta,
    events: {
      query: async <T>() =>
        (bench.storedEvent === null ? [] : [{ payload: JSON.stringify(bench.storedEvent) }]) as T[],
    },
    secrets,
    clock: bench.clock,
    log: createLog({ level: "debug", human: false, write: (line) => void bench.log.push(line) }),
    publicUrl: "https://vedette.example.com",
    discordApi: `${bench.discord.url}/api`,
    allowPrivateHooks: true,
    random: () => 0.5,
  };
}

async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  between: () => Promise<void>,
): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error("It did not come to pass within 10 s.");
    await between();
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

async function addOrganization(meta: MetaHandle["db"]): Promise<void> {
  const none = { alerts_stopped_at: null, alerts_stopped_by: null };
  await meta
    .insertInto("organization")
    .values({ slug: "default", name: "Default", created_at: 0, settings: "{}", ...none })
    .execute();
}

async function addChannel(
  meta: MetaHandle["db"],
  channel: { name: string; type?: string; secret: Record<string, string>; config?: Record<string, unknown> },
): Promise<number> {
  const { id } = await meta
    .insertInto("channel")
    .values({
      organization_id: 1,
      name: channel.name,
      type: channel.type ?? "discord",
      config: JSON.stringify(channel.config ?? {}),
      secret: secrets.seal(JSON.stringify(channel.secret)),
      secret_hint: "••••",
      status: "active",
      status_reason: null,
      status_at: 0,
      origin: "api",
      created_at: 0,
      updated_at: 0,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function addNotification(
  meta: MetaHandle["db"],
  {
    channelId,
    payload,
    key,
    now,
  }: { channelId: number; payload: NotificationPayload; key: string; now: number },
): Promise<number> {
  const nothing = { rule_history_id: null, last_error: null, delivered_at: null, remote_message_id: null };
  const { id } = await meta
    .insertInto("notification")
    .values({
      ...nothing,
      dedupe_key: key,
      organization_id: 1,
      channel_id: channelId,
      rule_id: payload.rule.id,
      project_id: payload.project.id,
      issue_id: payload.issue?.id ?? null,
      event_id: payload.event?.id ?? null,
      kind: payload.kind,
      payload: JSON.stringify(payload),
      state: "pending",
      attempts: 0,
      next_attempt_at: now,
      created_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
