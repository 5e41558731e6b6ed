import type { Meta } from "../../store/meta/schema.js";
import type { NotificationRow } from "./rows.js";

/** How one attempt ended. */
export interface AttemptRecord {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly outcome: "delivered" | "retry" | "failed";
  readonly httpStatus: number | null;
  /** A plain sentence without secrets. */
  readonly reason: string;
  readonly durationMs: number;
}

/** Adds one attempt to the history anyone can read. The attempt's number is the notification's count. */
export async function addDelivery(
  meta: Meta,
  notification: NotificationRow,
  record: AttemptRecord,
): Promise<void> {
  await meta
    .insertInto("delivery")
    .values({
      notification_id: notification.id,
      channel_id: notification.channel_id,
      attempt: notification.attempts,
      at: record.at,
      outcome: record.outcome,
      http_status: record.httpStatus,
      reason: record.reason,
      duration_ms: Math.round(record.durationMs),
    })
    .execute();
}
