import type { Meta } from "../../../store/port.js";
import type { FileMonitor } from "./config-schema.js";

const settingKey = (organizationId: number) => `monitors:${organizationId}`;

/**
 * Metric monitors of an organisation, kept in one row of `setting`: this version stores them, so that nothing of a file
 * is lost, and evaluates none.
 */
export async function readMonitors(meta: Meta, organizationId: number): Promise<readonly FileMonitor[]> {
  const row = await meta
    .selectFrom("setting")
    .select("value")
    .where("key", "=", settingKey(organizationId))
    .executeTakeFirst();
  return row ? (JSON.parse(row.value) as FileMonitor[]) : [];
}

/** Puts the whole list in place of the one before. */
export async function writeMonitors(
  trx: Meta,
  organizationId: number,
  monitors: readonly FileMonitor[],
): Promise<void> {
  const value = JSON.stringify(monitors);
  await trx
    .insertInto("setting")
    .values({ key: settingKey(organizationId), value })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
    .execute();
}
