import type { QueuedTest } from "../../actions/alerts/append-test.js";
import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import { isoTime } from "../http/iso-time.js";

/** A test message that was put into the outbox. */
export function queuedTestJson({ id, channel, state }: QueuedTest) {
  return { id: String(id), channel: { id: String(channel.id), name: channel.name }, state };
}

/** A message of the outbox with every attempt at delivering it. @throws AppError not_found */
export async function notificationJson(meta: Meta, organizationId: number, id: number) {
  const row = await meta
    .selectFrom("notification")
    .leftJoin("channel", "channel.id", "notification.channel_id")
    .select(["notification.id", "channel_id", "kind", "state", "attempts", "last_error"])
    .select(["notification.created_at", "delivered_at", "channel.name as channel_name"])
    .where("notification.id", "=", id)
    .where("notification.organization_id", "=", organizationId)
    .executeTakeFirst();
  if (!row) throw new AppError("not_found", "There is no such notification.");
  const deliveries = await meta
    .selectFrom("delivery")
    .selectAll()
    .where("notification_id", "=", id)
    .orderBy("id")
    .execute();
  return {
    id: String(row.id),
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: isoTime(row.created_at),
    deliveredAt: isoTime(row.delivered_at),
    channel: { id: String(row.channel_id), name: row.channel_name ?? "(deleted)" },
    deliveries: deliveries.map((delivery) => ({
      attempt: delivery.attempt,
      at: isoTime(delivery.at),
      outcome: delivery.outcome,
      httpStatus: delivery.http_status,
      reason: delivery.reason,
      durationMs: delivery.duration_ms,
    })),
  };
}
