import type { Meta } from "../store/port.js";

/** Fixed bounds of a batch: after < seq <= upTo. */
export interface Claim {
  readonly after: number;
  readonly upTo: number;
  /** End of a larger claim of which this is the first part; the rest stays under suspicion. */
  readonly claimedTo?: number;
  /** 1 when the batch is begun for the first time. */
  readonly attempt: number;
  /** Attempts the rest of the larger claim starts with; it goes on in parts of a size that follows from them. */
  readonly attemptsOfRest?: number;
}

const consumerName = "process";

/** A batch that was begun this often without an end kills its worker: it is then tried in parts. */
export const attemptsBeforeParts = 3;

/**
 * Where the consumer stands. When a batch was claimed and never committed, its bounds come back unchanged: the same
 * records are read, the same rows made, and the event store recognises them by their token.
 */
export async function readPosition(
  meta: Meta,
): Promise<{ position: number; claimedTo: number | null; attempts: number }> {
  const row = await meta
    .selectFrom("consumer")
    .select(["position", "claimed_to", "attempts"])
    .where("name", "=", consumerName)
    .executeTakeFirst();
  if (row) return { position: row.position, claimedTo: row.claimed_to, attempts: row.attempts };
  await meta
    .insertInto("consumer")
    .values({ name: consumerName, position: 0, claimed_to: null, attempts: 0, updated_at: 0 })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  return { position: 0, claimedTo: null, attempts: 0 };
}

/** Another process has begun or ended the batch meanwhile; nothing was written. */
export class PositionMoved extends Error {
  override readonly name = "PositionMoved";

  constructor(bounds: Claim) {
    super(`another process consumes the same queue: position ${bounds.after} has moved`);
  }
}

/**
 * Writes the bounds down before any of the batch's effects can happen. Bounds that were written down before are
 * never replaced by others: their rows may be stored already.
 *
 * @throws PositionMoved when the consumer does not stand where the batch begins, or the batch has other bounds
 */
export async function claim(meta: Meta, bounds: Claim, now: number): Promise<void> {
  const claimedTo = bounds.claimedTo ?? bounds.upTo;
  const result = await meta
    .updateTable("consumer")
    .set({ claimed_to: claimedTo, attempts: bounds.attempt, updated_at: now })
    .where("name", "=", consumerName)
    .where("position", "=", bounds.after)
    .where((eb) => eb.or([eb("claimed_to", "is", null), eb("claimed_to", "=", claimedTo)]))
    .executeTakeFirst();
  requireOne(result.numUpdatedRows, bounds);
}

/** Takes back the attempt that a claim counted, after a fault that says nothing about its records. */
export async function forgetAttempt(meta: Meta, bounds: Claim): Promise<void> {
  await meta
    .updateTable("consumer")
    .set({ attempts: bounds.attempt - 1 })
    .where("name", "=", consumerName)
    .where("position", "=", bounds.after)
    .where("attempts", "=", bounds.attempt)
    .execute();
}

/**
 * Moves the position, within the transaction that has the batch's effect. What is left of a larger claim stays
 * claimed and under suspicion.
 *
 * @throws PositionMoved when another consumer moved it in between; the transaction must then roll back
 */
export async function commitPosition(trx: Meta, bounds: Claim, now: number): Promise<void> {
  const rest = bounds.claimedTo !== undefined && bounds.claimedTo > bounds.upTo ? bounds.claimedTo : null;
  const result = await trx
    .updateTable("consumer")
    .set({
      position: bounds.upTo,
      claimed_to: rest,
      attempts: rest === null ? 0 : (bounds.attemptsOfRest ?? attemptsBeforeParts),
      updated_at: now,
    })
    .where("name", "=", consumerName)
    .where("position", "=", bounds.after)
    .executeTakeFirst();
  requireOne(result.numUpdatedRows, bounds);
}

function requireOne(updatedRows: bigint, bounds: Claim): void {
  if (updatedRows === 1n) return;
  throw new PositionMoved(bounds);
}
