import type { BlobStore, EventStore, Meta } from "../../store/port.js";
import type { Log } from "../../shared/log.js";

/** What actions on issues need, and who acts. */
export interface ActionContext {
  readonly meta: Meta;
  readonly events: EventStore;
  readonly blobs: BlobStore;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Tells alert that there is something new. */
  readonly wake: (stage: "alert" | "notify") => void;
  /** The acting person; null for an organisation's token. */
  readonly userId: string | null;
}
