import { AppError } from "../../shared/app-error.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { recordAudit } from "../audit.js";

/**
 * Puts a message that failed or was dropped back into the outbox, due at once. Its earlier attempts stay on record.
 *
 * @throws AppError not_found, or conflict when it has been delivered, is still on its way, or has no channel left
 */
export async function retryNotification(ports: AlertPorts, actor: Actor, id: number): Promise<void> {
  const now = ports.now();
  await ports.meta.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("notification")
      .leftJoin("channel", "channel.id", "notification.channel_id")
      .select(["notification.state", "notification.last_error", "channel.name"])
      .where("notification.id", "=", id)
      .where("notification.organization_id", "=", actor.organizationId)
      .executeTakeFirst();
    if (!row) throw new AppError("not_found", "There is no such notification.");
    if (row.state !== "failed" && row.state !== "dropped") {
      const why = row.state === "delivered" ? "It has been delivered already." : "It is still being sent.";
      throw new AppError("conflict", why);
    }
    if (row.name === null) throw new AppError("conflict", "Its channel was deleted.");
    const { numUpdatedRows } = await trx
      .updateTable("notification")
      .set({ state: "pending", attempts: 0, next_attempt_at: now, last_error: null })
      .where("id", "=", id)
      .where("state", "=", row.state)
      .executeTakeFirst();
    // Somebody else asked for the same in this moment; it may be under way by now.
    if (numUpdatedRows === 0n) throw new AppError("conflict", "It is still being sent.");
    const data = { channel: row.name, failedBecause: row.last_error };
    await recordAudit(trx, actor, { action: "notification.retry", target: String(id), data, at: now });
  });
}
