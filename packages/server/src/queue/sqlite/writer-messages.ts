import type { QueueDepth } from "../port.js";
import type { QueueErrorCode } from "../queue-error.js";

/** What the writer's thread is started with. */
export interface WriterThreadData {
  readonly path: string;
  readonly minFreeBytes: number;
}

/** To the writer's thread: a block of `packEntries` to commit, or the end. */
export type WriterRequest =
  | { readonly kind: "append"; readonly block: ArrayBuffer }
  | { readonly kind: "close" };

/** From the writer's thread. `committed` and `failed` answer the one block in work. */
export type WriterReport =
  | { readonly kind: "ready"; readonly depth: QueueDepth }
  | { readonly kind: "repaired"; readonly message: string }
  | { readonly kind: "depth"; readonly depth: QueueDepth }
  | { readonly kind: "committed"; readonly depth: QueueDepth }
  | { readonly kind: "failed"; readonly code: QueueErrorCode; readonly message: string };
