import type { BlobStore, EventStore, Meta } from "../../store/port.js";
import type { SecretBox } from "../../shared/secret-box.js";
import type { Log } from "../../shared/log.js";
import type { QueueReader } from "../../queue/port.js";

/** Everything API handlers and actions may use. */
export interface ApiPorts {
  readonly meta: Meta;
  readonly events: EventStore;
  readonly blobs: BlobStore;
  /** Dead letters only. */
  readonly queue: Pick<QueueReader, "dead" | "redrive">;
  readonly secrets: SecretBox;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where people and SDKs reach the server, without a slash at the end. */
  readonly publicUrl: string;
  /** Tells alert and notify that there is something new, so that they do not wait for their next look. */
  readonly wake: (stage: "alert" | "notify") => void;
}
