import type { Selectable } from "kysely";
import { AppError } from "../../shared/app-error.js";
import { SecretBoxError } from "../../shared/secret-box.js";
import type { SecretBox } from "../../shared/secret-box.js";
import type { ChannelTable } from "../../store/meta/schema.js";
import type { Meta } from "../../store/port.js";
import type { ChannelConfig, ChannelParts, ChannelSecrets } from "./channel-input.js";

export type ChannelRow = Selectable<ChannelTable>;

/** The channel with this id or name, within the organisation. @throws AppError not_found */
export async function findChannel(meta: Meta, organizationId: number, idOrName: string): Promise<ChannelRow> {
  const query = meta.selectFrom("channel").selectAll().where("organization_id", "=", organizationId);
  const byName = await query.where("name", "=", idOrName).executeTakeFirst();
  const row =
    byName ??
    (/^\d{1,15}$/.test(idOrName)
      ? await query.where("id", "=", Number(idOrName)).executeTakeFirst()
      : undefined);
  if (!row) throw new AppError("not_found", `There is no channel "${idOrName.slice(0, 100)}".`);
  return row;
}

/** The stored settings with the secret opened; its fields are missing when no present key opens it. */
export function openChannel(secrets: SecretBox, row: ChannelRow): ChannelParts {
  const config = JSON.parse(row.config) as ChannelConfig;
  return {
    type: row.type === "discord_bot" ? "discord_bot" : "discord",
    config,
    secrets: openSecrets(secrets, row.secret),
  };
}

function openSecrets(secrets: SecretBox, sealed: string): ChannelSecrets {
  try {
    return JSON.parse(secrets.open(sealed)) as ChannelSecrets;
  } catch (error) {
    // A secret sealed with a lost key differs from every other: it is to be entered anew.
    if (error instanceof SecretBoxError) return {};
    throw error;
  }
}
