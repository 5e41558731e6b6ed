import type { QueueEntry, QueueWriter, StoredAttachment } from "../queue/port.js";
import type { BlobStore } from "../store/port.js";
import { newHexId } from "../shared/ids.js";
import type { Sender } from "./admit.js";
import type { PlannedBlob, PlannedRecord } from "./plan-records.js";

interface Stores {
  readonly queue: QueueWriter;
  readonly blobs: BlobStore;
}

/**
 * Makes a submission durable: first the payloads that go beside the queue, then all records at once. Blob keys are
 * ours: `attachments/{projectId}/{yyyy-mm-dd}/{random}`. A payload that is the record's own (not an attachment to it)
 * is also named by `blobKey`.
 *
 * @throws when a store fails; no record is in the queue then, and the blobs are removed as far as possible
 */
export async function storeRecords(
  records: readonly PlannedRecord[],
  sender: Sender,
  { queue, blobs }: Stores,
): Promise<void> {
  if (records.length === 0) return;
  // Most submissions have no blobs and need none of what follows.
  if (records.every((record) => record.blobs.length === 0)) return queue.append(records);
  const day = new Date(sender.receivedAt).toISOString().slice(0, 10);
  const folder = `attachments/${sender.key.projectId}/${day}`;
  const stored = records.flatMap((record) =>
    record.blobs.map((blob) => ({ record, blob, blobKey: `${folder}/${newHexId()}` })),
  );
  try {
    await Promise.all(stored.map(({ blob, blobKey }) => blobs.put(blobKey, blob.payload)));
    await queue.append(
      records.map((record) =>
        toEntry(
          record,
          stored.filter((one) => one.record === record),
        ),
      ),
    );
  } catch (error) {
    await Promise.allSettled(stored.map(({ blobKey }) => blobs.delete(blobKey)));
    throw error;
  }
}

function toEntry(
  { item, body }: PlannedRecord,
  stored: readonly { readonly blob: PlannedBlob; readonly blobKey: string }[],
): QueueEntry {
  if (stored.length === 0) return { item, body };
  const attachments: StoredAttachment[] = stored.map(({ blob, blobKey }) => ({ ...blob.facts, blobKey }));
  const own = attachments.find((one) => one.itemType === item.type && item.type !== "attachment");
  return { item: { ...item, attachments, ...(own ? { blobKey: own.blobKey } : {}) }, body };
}
