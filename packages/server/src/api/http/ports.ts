import type { BlobStore, EventStore, Meta } from "../../store/port.js";
import type { SecretBox } from "../../shared/secret-box.js";
import type { Log } from "../../shared/log.js";
import type { QueueReader } from "../../queue/port.js";
import type { AlertChecks } from "../../actions/alerts/alert-ports.js";
import type { RuleDefinition } from "../../domain/rule.js";

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
  /** What alert and notify know about rules and channels. Absent: only shapes are checked. */
  readonly alertChecks?: AlertChecks;
  /** Tries a rule on what is stored. Absent: the server cannot. */
  readonly backtest?: Backtest;
}

/** Says how often a rule would have fired; times are milliseconds since 1970, the end exclusive. */
type Backtest = (
  rule: { readonly organizationId: number; readonly definition: RuleDefinition },
  range: { readonly from: number; readonly to: number },
) => Promise<{
  readonly fired: number;
  readonly throttled: number;
  /** The first firings. */
  readonly samples: readonly { readonly at: number; readonly issueId: number; readonly title: string }[];
  readonly eventsRead: number;
  /** Up to when events were read: before the end when there were too many. */
  readonly coveredTo: number;
}>;
