import { categoriesOf, createsEvent } from "@vedette/protocol";
import type { CategoryQuantity, EnvelopeItem, RateLimit } from "@vedette/protocol";
import type { Sender } from "./admit.js";
import type { IngestContext } from "./ingest-context.js";

export interface LimitedItems {
  readonly kept: readonly EnvelopeItem[];
  /** The limits that were hit, each once. */
  readonly limits: readonly RateLimit[];
}

/** What goes with a limited event: without it nobody could read them (ingest sheet 4.2). */
const followers: ReadonlySet<string> = new Set(["attachment", "form_data", "profile"]);

/** Takes out the items that are over a limit of the key or the project, and counts them as `rate_limited`. */
export function limitedItems(
  items: readonly EnvelopeItem[],
  sender: Sender,
  context: IngestContext,
): LimitedItems {
  if (sender.key.keyLimit === null && sender.key.itemsPerMinute === null) return { kept: items, limits: [] };
  const { key, receivedAt } = sender;
  const limits = new Map<string, RateLimit>();
  const kept = new Set<EnvelopeItem>();
  let eventLimit: RateLimit | null = null;
  // Events first: whether they pass decides about what follows them.
  for (const item of items.toSorted((a, b) => Number(isFollower(a)) - Number(isFollower(b)))) {
    const categories = itemCategories(item);
    const follows: boolean = eventLimit !== null && isFollower(item);
    const limit: RateLimit | null = follows
      ? eventLimit
      : context.limiter.take(
          key,
          categories.map(({ category }) => category),
          receivedAt,
        );
    if (limit === null) {
      kept.add(item);
      continue;
    }
    if (!isFollower(item) && makesEvent(item)) eventLimit = limit;
    const reason = limit.reasonCode ?? "";
    limits.set(reason, limit);
    context.metrics.items("rate_limited", reason, 1);
    for (const category of categories) {
      context.outcomes.add(key, category, { outcome: "rate_limited", reason, at: receivedAt });
    }
  }
  return { kept: items.filter((item) => kept.has(item)), limits: [...limits.values()] };
}

function isFollower({ header }: EnvelopeItem): boolean {
  return followers.has(header.type);
}

function makesEvent({ header }: EnvelopeItem): boolean {
  return header.type === "minidump" || createsEvent(header);
}

function itemCategories({ header, payload }: EnvelopeItem): readonly CategoryQuantity[] {
  // A dump upload is an item type of ours and counts as the error it becomes.
  if (header.type === "minidump") return [{ category: "error", quantity: 1 }];
  return categoriesOf(header, payload.length);
}
