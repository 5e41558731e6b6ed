import type { Clock } from "../shared/clock.js";
import type { Log } from "../shared/log.js";
import type { QueueRecord } from "../queue/port.js";
import { attemptsBeforeParts, forgetAttempt, readPosition } from "./claim.js";
import type { Claim } from "./claim.js";
import { isPassingFault } from "./passing-fault.js";
import { processBatch } from "./process-batch.js";
import type { BatchReport, BatchWork, ProcessPorts } from "./process-batch.js";

export interface ConsumerOptions {
  /** Records in a batch at most. Default 1,000: the event store likes 1,000 to 5,000 rows (its measurements, 12.4). */
  readonly maxRecords?: number;
  /** Bytes in a batch, about. Default 16 MiB, which bounds memory with large events. */
  readonly maxBytes?: number;
  readonly log: Log;
  readonly clock: Clock;
  /** Called after each commit, in order. */
  readonly onBatch?: (report: BatchReport & { readonly tookMs: number }) => void;
}

/**
 * Records in the parts of a batch under suspicion, one attempt after the other. Harmless batches whose server was merely
 * killed three times get on in large parts (one by one, 1,000 records took 100 s on a busy machine); poison is found in
 * three more attempts.
 */
const partSizes = [128, 16] as const;
/** Attempts at a single record before it is buried. */
const attemptsBeforeBurial = 3;
const pauseAfterErrorMs = 500;
const idleWaitMs = 1_000;

/**
 * Reads batch after batch until the signal aborts; resolves when the batch in work has ended. Errors of the stores
 * are waited out: the records stay in the queue, whose backlog then slows ingest down.
 */
export async function consume(
  ports: ProcessPorts,
  options: ConsumerOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const upTo = await consumeOnce(ports, options, signal);
      // The meta store's commit is durable by now (its connections sync), so the queue may forget.
      if (upTo !== null) await ports.queue.trim(upTo);
    } catch (error) {
      if (signal.aborted) return;
      options.log[isPassingFault(error) ? "warn" : "error"](
        { err: error },
        "a batch failed and will be tried again",
      );
      await options.clock.sleep(pauseAfterErrorMs, signal);
    }
  }
}

/** One batch; null when the queue was empty. */
async function consumeOnce(
  ports: ProcessPorts,
  options: ConsumerOptions,
  signal: AbortSignal,
): Promise<number | null> {
  const { maxRecords = 1_000, maxBytes = 16 * 1_048_576 } = options;
  const { position, claimedTo, attempts } = await readPosition(ports.meta);
  const records = await ports.queue.read(
    claimedTo === null
      ? { after: position, maxRecords, maxBytes }
      : {
          after: position,
          upTo: claimedTo,
          maxRecords: Number.MAX_SAFE_INTEGER,
          maxBytes: Number.MAX_SAFE_INTEGER,
        },
  );
  const last = records.at(-1);
  if (!last && claimedTo === null) {
    await ports.queue.waitFor(position, idleWaitMs, signal);
    return null;
  }
  const bounds: Claim = { after: position, upTo: claimedTo ?? last?.seq ?? position, attempt: attempts + 1 };
  const batch =
    bounds.attempt > attemptsBeforeParts
      ? await suspectPart(ports, options, { bounds, records })
      : { bounds, records };
  const started = options.clock.now();
  const report = await processUnsuspected(ports, { ...batch, signal });
  options.onBatch?.({ ...report, tookMs: options.clock.now() - started });
  return batch.bounds.upTo;
}

/** A fault of the stores, or a stop in the middle, leaves no suspicion on the batch. */
async function processUnsuspected(ports: ProcessPorts, batch: BatchWork): Promise<BatchReport> {
  try {
    return await processBatch(ports, batch);
  } catch (error) {
    // Should this fail as well, the attempt stays counted; the fault itself is what is worth telling.
    if (batch.signal.aborted || isPassingFault(error))
      await forgetAttempt(ports.meta, batch.bounds).catch(() => undefined);
    throw error;
  }
}

/**
 * A claim that ended its worker several times goes on in parts, so that the harmless ones get through. A record that
 * does it again alone is the poison: it is buried, and its place is passed over.
 */
async function suspectPart(
  ports: ProcessPorts,
  options: ConsumerOptions,
  { bounds, records }: { bounds: Claim; records: readonly QueueRecord[] },
): Promise<{ bounds: Claim; records: readonly QueueRecord[]; skipStored: boolean }> {
  const suspicion = bounds.attempt - attemptsBeforeParts - 1;
  const part = records.slice(0, partSizes[suspicion] ?? 1);
  const first = part[0];
  const some: Claim = { ...bounds, upTo: part.at(-1)?.seq ?? bounds.upTo, claimedTo: bounds.upTo };
  if (!first || suspicion < partSizes.length + attemptsBeforeBurial) {
    // The next part has the same size, and a single record all of its attempts.
    const attemptsOfRest = Math.min(bounds.attempt - 1, attemptsBeforeParts + partSizes.length);
    return { bounds: { ...some, attemptsOfRest }, records: part, skipStored: true };
  }
  options.log.error({ seq: first.seq }, "a record ended its worker several times and is set aside");
  await ports.queue.bury(first, "processing it ended the worker several times");
  return { bounds: some, records: [], skipStored: true };
}
