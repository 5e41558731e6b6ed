import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import type { AlertPorts } from "./alert-ports.js";
import { channelChangeSchema, channelProblem } from "./channel-input.js";
import type { ChannelChange, ChannelParts } from "./channel-input.js";
import { describeIssues } from "./describe-issues.js";
import { diffValues } from "./diff-values.js";
import { findChannel, openChannel } from "./find-channel.js";
import type { ChannelRow } from "./find-channel.js";
import { InvalidDocument } from "./invalid-document.js";
import { renameInRules } from "./rename-in-rules.js";
import { sealedParts } from "./store-channel.js";
import { recordAudit } from "../audit.js";

/**
 * Changes a channel's name or settings. A new secret replaces the old one at once and switches the channel on again,
 * since it was entered to repair or rotate it. Rules follow a new name.
 *
 * @param input what `channelChangeSchema` describes, when it is right
 * @throws AppError not_found or conflict; InvalidDocument naming the wrong fields
 */
export async function updateChannel(
  ports: AlertPorts,
  actor: Actor,
  { idOrName, input }: { idOrName: string; input: unknown },
): Promise<ChannelRow> {
  const change = readChange(input);
  const now = ports.now();
  return ports.meta.transaction().execute(async (trx) => {
    const before = await findChannel(trx, actor.organizationId, idOrName);
    await checkNameIsFree(trx, before, change.name);
    const parts = changedParts(openChannel(ports.secrets, before), change);
    const problem = channelProblem(parts, ports.alertChecks);
    if (problem) throw new InvalidDocument([{ path: problem.field, message: problem.message }]);
    const isRotated = change.webhookUrl !== undefined || change.botToken !== undefined;
    const isRepaired = isRotated || change.channelId !== undefined;
    const { secret, secret_hint, config } = sealedParts(ports, parts);
    const after = await trx
      .updateTable("channel")
      .set({
        name: change.name ?? before.name,
        config,
        ...(isRotated ? { secret, secret_hint } : {}),
        ...(isRepaired ? { status: "active", status_reason: null, status_at: now } : {}),
        updated_at: now,
      })
      .where("id", "=", before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (after.name !== before.name) {
      const { organizationId } = actor;
      await renameInRules(trx, { organizationId, from: before.name, to: after.name, now });
    }
    const diff = diffValues(shown(before), shown(after));
    const action = isRotated ? "channel.rotate_secret" : "channel.update";
    await recordAudit(trx, actor, { action, target: after.name, data: { diff }, at: now });
    return after;
  });
}

function readChange(input: unknown): ChannelChange {
  const parsed = channelChangeSchema.safeParse(input);
  if (!parsed.success) throw new InvalidDocument(describeIssues(parsed.error.issues));
  return parsed.data;
}

function changedParts({ type, config, secrets }: ChannelParts, change: ChannelChange): ChannelParts {
  const { webhookUrl, botToken, channelId, guildId, username } = change;
  const [alien] = Object.keys(
    type === "discord" ? { botToken, channelId, guildId } : { webhookUrl, username },
  ).filter((key) => Object.hasOwn(change, key));
  if (alien !== undefined) {
    throw new InvalidDocument([{ path: alien, message: `does not belong to a channel of type ${type}` }]);
  }
  return {
    type,
    config: {
      ...config,
      ...(channelId === undefined ? {} : { channelId }),
      ...(guildId === undefined ? {} : { guildId }),
      ...(username === undefined ? {} : { username }),
    },
    secrets: {
      ...secrets,
      ...(webhookUrl === undefined ? {} : { webhookUrl }),
      ...(botToken === undefined ? {} : { botToken }),
    },
  };
}

function shown(row: ChannelRow) {
  const config: unknown = JSON.parse(row.config);
  return { name: row.name, config, secret: row.secret_hint, status: row.status };
}

async function checkNameIsFree(trx: Meta, channel: ChannelRow, name: string | undefined): Promise<void> {
  if (name === undefined || name === channel.name) return;
  const taken = await trx
    .selectFrom("channel")
    .select("id")
    .where("organization_id", "=", channel.organization_id)
    .where("name", "=", name)
    .executeTakeFirst();
  if (taken) throw new AppError("conflict", `A channel called "${name}" exists already.`);
}
