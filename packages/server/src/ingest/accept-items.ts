import { categoriesOf, findLimitBreach, tooLarge } from "@vedette/protocol";
import type { EnvelopeHeader, EnvelopeItem, LimitBreach, RateLimit } from "@vedette/protocol";
import type { Sender } from "./admit.js";
import { eventIdOf } from "./event-id-of.js";
import type { IngestContext } from "./ingest-context.js";
import { limitedItems } from "./limited-items.js";
import { planRecords } from "./plan-records.js";
import { Refusal, tooLargeRefusal } from "./refusal.js";
import { storeRecords } from "./store-records.js";

/** What an endpoint took out of a request: the form of an envelope, whatever the request looked like. */
export interface Submission {
  readonly header: EnvelopeHeader;
  readonly items: readonly EnvelopeItem[];
}

export interface Acceptance {
  /** 32 hex; empty when nothing in the submission belongs to an event. */
  readonly eventId: string;
  /** Limits that kept some of the items out. The others are in the queue. */
  readonly limits: readonly RateLimit[];
}

/**
 * The second half of every request's way, on one page. Before it, an endpoint has authenticated the sender (admit.ts),
 * undone the encoding (decompress.ts) and split the body into items; payloads are bytes here, never parsed.
 *
 * When this resolves to an acceptance, everything accepted is durable: binary and large payloads in the blob store, the
 * rest in the queue, all records of the submission or none.
 */
export async function acceptItems(
  submission: Submission,
  sender: Sender,
  context: IngestContext,
): Promise<Acceptance | Refusal> {
  // 1. Sizes and counts: one breach refuses the whole submission, as SDKs expect.
  const breach = findLimitBreach(submission.items);
  if (breach) return refuseTooLarge(breach, submission, { sender, context });

  // 2. One id for everything that belongs to the event.
  const eventId = eventIdOf(submission);

  // 3. Rate limits take single items out; the others go on.
  const { kept, limits } = limitedItems(submission.items, sender, context);

  // 4. Which records they make, and which payloads go beside the queue.
  const plan = planRecords({ header: submission.header, items: kept, eventId }, sender, context.options);
  context.metrics.items("skipped", "unknown_type", plan.unknownItems);

  // 5. Blobs before records, so that a record never names a blob that is not there. Then the queue: when it resolves,
  // the sender may be told.
  try {
    await storeRecords(plan.records, sender, context);
  } catch (error) {
    context.log.error({ err: error }, "accepted items could not be stored");
    return new Refusal("queue_failed");
  }
  context.metrics.items("accepted", "", kept.length - plan.unknownItems);
  return { eventId, limits };
}

function refuseTooLarge(
  breach: LimitBreach,
  { items }: Submission,
  { sender, context }: { sender: Sender; context: IngestContext },
): Refusal {
  const { key, receivedAt } = sender;
  const reason = tooLarge(breach.type);
  for (const { header, payload } of items) {
    for (const category of categoriesOf(header, payload.length)) {
      context.outcomes.add(key, category, { outcome: "invalid", reason, at: receivedAt });
    }
  }
  context.metrics.items("invalid", reason, items.length);
  return tooLargeRefusal(breach.type);
}
