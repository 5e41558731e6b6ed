import type { IncomingMessage } from "node:http";
import type { ByteShare } from "./byte-budget.js";
import { Refusal, busyRefusal, tooLargeRefusal } from "./refusal.js";

export interface ReadLimits {
  readonly maxBodyBytes: number;
  readonly retrySeconds: number;
}

/** How much of a refused body is read and thrown away before answering. */
const maxDrainedBytes = 64 * 1024 * 1024;

/**
 * Collects a request's body as it came over the wire, whatever its content type.
 *
 * A body over the limit, or one the budget has no room for, is read on and thrown away (up to a bound) before the
 * refusal is returned: answering in the middle of an upload resets the connection, and SDKs with an offline cache
 * would take that for a network failure and send the same body again.
 *
 * @returns the body, or why it was not kept
 * @throws when the sender hangs up
 */
export function readBody(
  stream: IncomingMessage,
  share: ByteShare,
  limits: ReadLimits,
): Promise<Buffer | Refusal> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let receivedBytes = 0;
    let refusal: Refusal | null = null;
    const announced = Number(stream.headers["content-length"]);
    if (announced > limits.maxBodyBytes) refusal = tooLargeRefusal("envelope");

    stream.on("data", (chunk: Buffer) => {
      receivedBytes += chunk.length;
      if (refusal === null && receivedBytes > limits.maxBodyBytes) refusal = tooLargeRefusal("envelope");
      if (refusal === null && !share.take(chunk.length)) refusal = busyRefusal(limits.retrySeconds);
      if (refusal === null) chunks.push(chunk);
      else {
        chunks.length = 0;
        if (receivedBytes > limits.maxBodyBytes + maxDrainedBytes) resolve(refusal);
      }
    });
    stream.once("end", () => resolve(refusal ?? join(chunks, share, { receivedBytes, ...limits })));
    stream.once("error", reject);
    stream.once("close", () => reject(new Error("the sender hung up")));
  });
}

/** One buffer of all chunks; while it is made, the bytes exist twice. */
function join(
  chunks: readonly Buffer[],
  share: ByteShare,
  { receivedBytes, retrySeconds }: { receivedBytes: number; retrySeconds: number },
): Buffer | Refusal {
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  if (!share.take(receivedBytes)) return busyRefusal(retrySeconds);
  return Buffer.concat(chunks, receivedBytes);
}
