import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import type { AlertsStop } from "./stop-alerts.js";
import { recordAudit } from "../audit.js";

/** Ends the emergency stop. Resuming what is not stopped changes nothing. */
export async function resumeAlerts(ports: AlertPorts, actor: Actor): Promise<AlertsStop> {
  const now = ports.now();
  return ports.meta.transaction().execute(async (trx) => {
    const result = await trx
      .updateTable("organization")
      .set({ alerts_stopped_at: null, alerts_stopped_by: null })
      .where("id", "=", actor.organizationId)
      .where("alerts_stopped_at", "is not", null)
      .executeTakeFirst();
    if (result.numUpdatedRows > 0n) {
      await recordAudit(trx, actor, { action: "alerts.resume", target: "all rules", at: now });
    }
    return { stoppedAt: null, stoppedBy: null };
  });
}
