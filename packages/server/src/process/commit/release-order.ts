import type { StatusDetails } from "../../domain/issue.js";
import type { ReleaseOrder } from "../../domain/issue-state.js";
import type { Meta } from "../../store/port.js";
import type { IssueBatch } from "./issue-batch.js";

/**
 * Order of releases by their first event, for the releases that resolutions in this batch speak of. A release
 * that was never seen before is the newest.
 */
export async function releaseOrderFor(
  trx: Meta,
  batches: readonly IssueBatch[],
  organizationId: number,
): Promise<ReleaseOrder> {
  const names = new Set<string>();
  for (const { issue, events } of batches) {
    if (issue.status !== "resolved") continue;
    const details = JSON.parse(issue.status_details) as StatusDetails;
    if (!details.inRelease && !details.inNextRelease) continue;
    for (const name of [details.inRelease, details.currentRelease]) if (name) names.add(name);
    for (const { release } of events) if (release) names.add(release);
  }
  if (names.size === 0) return () => null;
  const rows = await trx
    .selectFrom("release")
    .select(["version", "first_event_at", "created_at"])
    .where("organization_id", "=", organizationId)
    .where("version", "in", [...names])
    .execute();
  const seenAt = new Map(rows.map((row) => [row.version, row.first_event_at ?? row.created_at]));
  return (left, right) => Math.sign((seenAt.get(left) ?? Infinity) - (seenAt.get(right) ?? Infinity)) || null;
}
