import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { findChannel } from "./find-channel.js";
import type { ChannelRow } from "./find-channel.js";
import { recordAudit } from "../audit.js";

/** Switches a channel on again after Vedette switched it off. @throws AppError not_found */
export async function enableChannel(ports: AlertPorts, actor: Actor, idOrName: string): Promise<ChannelRow> {
  const now = ports.now();
  return ports.meta.transaction().execute(async (trx) => {
    const channel = await findChannel(trx, actor.organizationId, idOrName);
    if (channel.status === "active") return channel;
    const row = await trx
      .updateTable("channel")
      .set({ status: "active", status_reason: null, status_at: now, updated_at: now })
      .where("id", "=", channel.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = { wasDisabledBecause: channel.status_reason };
    await recordAudit(trx, actor, { action: "channel.enable", target: channel.name, data, at: now });
    return row;
  });
}
