import type { Meta } from "../../store/port.js";
import { secretHintOf } from "./channel-input.js";
import type { ChannelParts } from "./channel-input.js";
import type { ChannelRow } from "./find-channel.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";

/** Within a transaction: a new channel, its secret sealed. */
export async function insertChannel(
  trx: Meta,
  ports: AlertPorts,
  channel: { actor: Actor; name: string; parts: ChannelParts; origin: "file" | "api" },
): Promise<ChannelRow> {
  const { actor, name, parts, origin } = channel;
  const now = ports.now();
  return trx
    .insertInto("channel")
    .values({
      organization_id: actor.organizationId,
      name,
      type: parts.type,
      ...sealedParts(ports, parts),
      status: "active",
      status_at: now,
      origin,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Columns that hold a channel's settings. */
export function sealedParts(ports: Pick<AlertPorts, "secrets">, parts: ChannelParts) {
  return {
    config: JSON.stringify(parts.config),
    secret: ports.secrets.seal(JSON.stringify(parts.secrets)),
    secret_hint: secretHintOf(parts.secrets),
  };
}
