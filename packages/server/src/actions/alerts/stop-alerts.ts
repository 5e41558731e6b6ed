import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { recordAudit } from "../audit.js";

/** Whether the emergency stop holds; milliseconds since 1970 and the user's id. */
export interface AlertsStop {
  readonly stoppedAt: number | null;
  readonly stoppedBy: string | null;
}

/** Emergency stop (S0.15): no rule of the organisation fires until `resumeAlerts`. Stopping twice changes nothing. */
export async function stopAlerts(ports: AlertPorts, actor: Actor): Promise<AlertsStop> {
  const now = ports.now();
  return ports.meta.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom("organization")
      .select(["alerts_stopped_at", "alerts_stopped_by"])
      .where("id", "=", actor.organizationId)
      .executeTakeFirstOrThrow();
    if (before.alerts_stopped_at !== null) {
      return { stoppedAt: before.alerts_stopped_at, stoppedBy: before.alerts_stopped_by };
    }
    await trx
      .updateTable("organization")
      .set({ alerts_stopped_at: now, alerts_stopped_by: actor.userId })
      .where("id", "=", actor.organizationId)
      .execute();
    await recordAudit(trx, actor, { action: "alerts.stop", target: "all rules", at: now });
    return { stoppedAt: now, stoppedBy: actor.userId };
  });
}
