import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { findChannel } from "./find-channel.js";
import type { ChannelRow } from "./find-channel.js";
import { recordAudit } from "../audit.js";

/**
 * Removes a channel and its secret, also while rules still name it: taking a leaked webhook out must never be held up.
 * Such rules show the missing channel. @throws AppError not_found
 */
export async function deleteChannel(ports: AlertPorts, actor: Actor, idOrName: string): Promise<void> {
  const now = ports.now();
  await ports.meta.transaction().execute(async (trx) => {
    const channel = await findChannel(trx, actor.organizationId, idOrName);
    await removeChannel(trx, channel);
    const data = { type: channel.type, secretHint: channel.secret_hint };
    await recordAudit(trx, actor, { action: "channel.delete", target: channel.name, data, at: now });
  });
}

/** Within a transaction: the channel goes, and what waits in the outbox for it is dropped, visibly. */
export async function removeChannel(trx: Meta, channel: Pick<ChannelRow, "id" | "name">): Promise<void> {
  await trx
    .updateTable("notification")
    .set({
      state: "dropped",
      last_error: `The channel "${channel.name}" was deleted before the message was sent.`,
    })
    .where("channel_id", "=", channel.id)
    .where("state", "=", "pending")
    .execute();
  await trx.deleteFrom("channel").where("id", "=", channel.id).execute();
}
