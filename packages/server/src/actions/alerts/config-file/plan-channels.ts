import type { Meta } from "../../../store/port.js";
import { channelParts, secretHintOf } from "../channel-input.js";
import type { ChannelInput, ChannelParts } from "../channel-input.js";
import { removeChannel } from "../delete-channel.js";
import { openChannel } from "../find-channel.js";
import type { ChannelRow } from "../find-channel.js";
import { insertChannel, sealedParts } from "../store-channel.js";
import { creationDiff, updateOrNot } from "./planned-change.js";
import type { PlanContext, PlannedChange } from "./planned-change.js";

/** Channels to add, change and remove. Secrets are compared opened: sealing the same text anew is no difference. */
export async function planChannels(
  trx: Meta,
  context: PlanContext,
  wanted: readonly ChannelInput[],
): Promise<readonly PlannedChange[]> {
  const rows = await trx
    .selectFrom("channel")
    .selectAll()
    .where("organization_id", "=", context.actor.organizationId)
    .orderBy("name")
    .execute();
  const kept = wanted.map((input) =>
    planOne(
      context,
      input,
      rows.find(({ name }) => name === input.name),
    ),
  );
  const names = new Set(wanted.map(({ name }) => name));
  const gone = rows.filter((row) => row.origin === "file" && !names.has(row.name));
  return [...kept, ...gone.map(planRemoval)];
}

function planOne(context: PlanContext, input: ChannelInput, row: ChannelRow | undefined): PlannedChange {
  const { ports, actor } = context;
  const parts = channelParts(input);
  const base = { kind: "channel", name: input.name } as const;
  if (!row) {
    return {
      ...base,
      action: "create",
      diff: creationDiff({ type: parts.type, ...parts.config, secret: secretHintOf(parts.secrets) }),
      run: async (trx) => {
        await insertChannel(trx, ports, { actor, name: input.name, parts, origin: "file" });
      },
    };
  }
  const stored = openChannel(ports.secrets, row);
  const isNewSecret = JSON.stringify(stored.secrets) !== JSON.stringify(parts.secrets);
  const hint = secretHintOf(parts.secrets);
  const from = { ...comparable(stored), secret: row.secret_hint, origin: row.origin };
  const to = {
    ...comparable(parts),
    secret: isNewSecret ? `${hint} (new)` : row.secret_hint,
    origin: "file",
  };
  const run = (trx: Meta) => changeChannel(trx, context, { row, parts, isNewSecret });
  return updateOrNot({ ...base, run }, from, to);
}

function comparable({ type, config }: ChannelParts) {
  return { type, ...config };
}

async function changeChannel(
  trx: Meta,
  { ports, now }: PlanContext,
  { row, parts, isNewSecret }: { row: ChannelRow; parts: ChannelParts; isNewSecret: boolean },
): Promise<void> {
  const sealed = sealedParts(ports, parts);
  const isRepaired = isNewSecret || row.config !== sealed.config;
  await trx
    .updateTable("channel")
    .set({
      type: parts.type,
      config: sealed.config,
      ...(isNewSecret ? { secret: sealed.secret, secret_hint: sealed.secret_hint } : {}),
      ...(isRepaired ? { status: "active", status_reason: null, status_at: now } : {}),
      origin: "file",
      updated_at: now,
    })
    .where("id", "=", row.id)
    .execute();
}

function planRemoval(row: ChannelRow): PlannedChange {
  return {
    kind: "channel",
    name: row.name,
    action: "delete",
    diff: [],
    run: (trx) => removeChannel(trx, row),
  };
}
