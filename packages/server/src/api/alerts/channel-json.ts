import type { ChannelRow } from "../../actions/alerts/find-channel.js";
import type { Meta } from "../../store/port.js";
import { isoTime } from "../http/iso-time.js";

/** Channels as the API shows them: never their secrets, only a hint to recognise them by. */
export async function channelsJson(meta: Meta, rows: readonly ChannelRow[]) {
  const last = await readLastDeliveries(
    meta,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: String(row.id),
    name: row.name,
    type: row.type,
    status: row.status,
    statusReason: row.status_reason,
    statusAt: isoTime(row.status_at),
    secretHint: row.secret_hint,
    config: JSON.parse(row.config) as unknown,
    origin: row.origin,
    dateCreated: isoTime(row.created_at),
    lastDelivery: last.get(row.id) ?? null,
  }));
}

async function readLastDeliveries(meta: Meta, channelIds: readonly number[]) {
  if (channelIds.length === 0) return new Map<number, { at: string; outcome: string; reason: string }>();
  const rows = await meta
    .selectFrom("delivery")
    .select(["channel_id", "at", "outcome", "reason"])
    .where("id", "in", (eb) =>
      eb
        .selectFrom("delivery")
        .select((inner) => inner.fn.max("id").as("id"))
        .where("channel_id", "in", channelIds)
        .groupBy("channel_id"),
    )
    .execute();
  return new Map(
    rows.map(({ channel_id, at, outcome, reason }) => [channel_id, { at: isoTime(at), outcome, reason }]),
  );
}
