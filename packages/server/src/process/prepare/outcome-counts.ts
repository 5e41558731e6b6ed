import { categoriesOf, parseClientReport } from "@vedette/protocol";
import type { QueueRecord } from "../../queue/port.js";
import type { OutcomeCount } from "./prepared.js";

/** The counts of one record under one outcome: its own categories and those of its attachments. */
export function outcomesOf(record: QueueRecord, outcome: string, reason: string): readonly OutcomeCount[] {
  const { item, body } = record;
  const size = Number(item.header["blob_size"] ?? body.length);
  // A record of type `attachment` is nothing but its attachments; others may keep their own payload as a blob.
  const own = item.type === "attachment" ? [] : categoriesOf({ ...item.header, type: item.type }, size);
  const extra = item.attachments.filter(({ itemType }) => itemType === "attachment");
  const attached = extra.flatMap((attachment) => [
    { category: "attachment", quantity: Math.max(attachment.sizeBytes, 1) },
    { category: "attachment_item", quantity: 1 },
  ]);
  return [...own, ...attached].map(({ category, quantity }) => ({
    projectId: item.projectId,
    publicKey: item.publicKey,
    category,
    outcome,
    reason,
    at: item.receivedAt,
    quantity,
  }));
}

/** What the SDK says it threw away, as outcomes of the project (ingest sheet 4.3). */
export function clientReportOutcomes(record: QueueRecord, payload: unknown): readonly OutcomeCount[] {
  const { item } = record;
  return parseClientReport(payload).discarded.map(({ category, quantity, reason }) => ({
    projectId: item.projectId,
    publicKey: item.publicKey,
    category,
    outcome: "client_discard",
    reason,
    at: item.receivedAt,
    quantity,
  }));
}

/** The form in which ingest enqueues its own counts (item type `outcomes`). */
export function parseIngestOutcomes(payload: unknown): readonly OutcomeCount[] {
  return Array.isArray(payload) ? payload.filter(isOutcomeCount) : [];
}

function isOutcomeCount(value: unknown): value is OutcomeCount {
  const count = value as Partial<OutcomeCount> | null;
  return (
    typeof count === "object" &&
    count !== null &&
    typeof count.projectId === "number" &&
    typeof count.category === "string" &&
    typeof count.quantity === "number"
  );
}
