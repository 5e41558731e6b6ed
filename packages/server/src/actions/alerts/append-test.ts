import type { NotificationPayload } from "../../domain/notification.js";
import { newHexId } from "../../shared/ids.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";

/** A test message that waits in the outbox. */
export interface QueuedTest {
  readonly id: number;
  readonly channel: { readonly id: number; readonly name: string };
  readonly state: "pending";
}

/** Within a transaction: puts a test message into the outbox. Each one is a cause of its own, however often it is asked. */
export async function appendTest(
  trx: Meta,
  test: {
    actor: Actor;
    channel: { id: number; name: string };
    payload: NotificationPayload;
    rule: { id: number; historyId: number } | null;
  },
): Promise<QueuedTest> {
  const { actor, channel, payload, rule } = test;
  const row = await trx
    .insertInto("notification")
    .values({
      dedupe_key: `test:${newHexId()}/channel:${channel.id}`,
      organization_id: actor.organizationId,
      channel_id: channel.id,
      rule_id: rule?.id ?? null,
      rule_history_id: rule?.historyId ?? null,
      kind: "test",
      payload: JSON.stringify(payload),
      state: "pending",
      attempts: 0,
      next_attempt_at: payload.firedAt,
      created_at: payload.firedAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id: row.id, channel: { id: channel.id, name: channel.name }, state: "pending" };
}
