import type { QueueEntry, StoredAttachment } from "../queue/port.js";
import type { BlobStore } from "../store/port.js";
import { newHexId } from "../shared/ids.js";
import type { Sender } from "./admit.js";
import type { PlannedBlob, PlannedRecord } from "./plan-records.js";

/**
 * Stores the payloads that go beside the queue and names them in their records. Keys are ours:
 * `attachments/{projectId}/{yyyy-mm-dd}/{random}`.
 *
 * A payload that is the record's own (not an attachment to it) is also named by `blobKey`.
 *
 * @throws when the blob store fails; what was stored by then is removed as far as possible
 */
export async function storeBlobs(
  records: readonly PlannedRecord[],
  sender: Sender,
  { blobs }: { readonly blobs: BlobStore },
): Promise<readonly QueueEntry[]> {
  if (records.every((record) => record.blobs.length === 0)) return records;
  const folder = `attachments/${sender.key.projectId}/${new Date(sender.receivedAt).toISOString().slice(0, 10)}`;
  const stored: string[] = [];
  const put = async ({ payload, facts }: PlannedBlob): Promise<StoredAttachment> => {
    const blobKey = `${folder}/${newHexId()}`;
    stored.push(blobKey);
    await blobs.put(blobKey, payload);
    return { ...facts, blobKey };
  };
  const results = await Promise.allSettled(
    records.map(async (record) => toEntry(record, await Promise.all(record.blobs.map(put)))),
  );
  const failed = results.find((result) => result.status === "rejected");
  if (failed) {
    await Promise.allSettled(stored.map((key) => blobs.delete(key)));
    throw failed.reason;
  }
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

function toEntry({ item, body }: PlannedRecord, attachments: readonly StoredAttachment[]): QueueEntry {
  if (attachments.length === 0) return { item, body };
  const own = attachments.find((one) => one.itemType === item.type && item.type !== "attachment");
  return { item: { ...item, attachments, ...(own ? { blobKey: own.blobKey } : {}) }, body };
}
