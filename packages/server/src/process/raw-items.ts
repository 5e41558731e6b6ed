import type { QueueRecord } from "../queue/port.js";
import type { BlobStore } from "../store/port.js";
import { groupBy } from "./commit/chunks.js";
import type { BatchAttachment } from "./commit/commit-batch.js";

/** Raw blobs hold items of several projects, so their entries stand under this id, which no project has. */
export const noProject = 0;

/**
 * Keeps items whose stage does not exist yet as they came, one blob per item type and batch, so that a later version
 * can read them back. The key is made of the batch's bounds: writing it twice is harmless.
 *
 * Format: per item one line of JSON (queue/port.ts `QueueItem`), the body's length in it as `length`, then the body
 * and a line feed.
 *
 * @returns an entry for each blob, for the caller's transaction: what is listed can be found and forgotten again
 */
export async function storeRawItems(
  blobs: BlobStore,
  records: readonly QueueRecord[],
  { after, upTo }: { after: number; upTo: number },
): Promise<readonly BatchAttachment[]> {
  const entries: BatchAttachment[] = [];
  for (const [type, ofType] of groupBy(records, ({ item }) => fileSafe(item.type))) {
    const day = new Date(ofType[0]?.item.receivedAt ?? 0).toISOString().slice(0, 10);
    const parts = ofType.flatMap(({ item, body }) => [
      Buffer.from(`${JSON.stringify({ ...item, length: body.length })}\n`),
      body,
      Buffer.from("\n"),
    ]);
    const body = Buffer.concat(parts);
    const blobKey = `raw/${type}/${day}/${after}-${upTo}`;
    await blobs.put(blobKey, body);
    entries.push({
      projectId: noProject,
      eventId: "",
      itemType: type,
      name: `${after}-${upTo}`,
      contentType: "application/octet-stream",
      attachmentType: "raw",
      sizeBytes: body.length,
      blobKey,
    });
  }
  return entries;
}

/** Item types are the sender's text: only a short plain form goes into a key. */
function fileSafe(type: string): string {
  return type.replaceAll(/[^a-z0-9_-]/g, "-").slice(0, 40) || "unknown";
}
