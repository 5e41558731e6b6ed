/** What ingest knows about an item without parsing its payload. Kept as JSON beside the body. */
export interface QueueItem {
  /** An item type of the protocol, or `outcomes` for ingest's own counts. */
  type: string;
  projectId: number;
  /** Public key the item came in by. */
  publicKey: string;
  /** 32 hex; empty when the item has no event. */
  eventId: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** `sent_at` of the envelope, milliseconds since 1970; null when absent. */
  sentAt: number | null;
  /** Item header as sent (content_type, item_count, filename …). */
  header: Readonly<Record<string, unknown>>;
  clientIp: string;
  userAgent: string;
  /** `sentry_client` of the auth, or the envelope's sdk as `name/version`. */
  client: string;
  /** sdk.settings.infer_ip and the dynamic sampling context of the envelope header, when sent. */
  envelope: Readonly<Record<string, unknown>>;
  /** Items of the same envelope that ingest put into the blob store. */
  attachments: readonly StoredAttachment[];
  /** Set instead of a body when the payload itself is in the blob store. */
  blobKey?: string;
}

export interface StoredAttachment {
  itemType: string;
  name: string;
  contentType: string;
  attachmentType: string;
  sizeBytes: number;
  blobKey: string;
}

export interface QueueEntry {
  readonly item: QueueItem;
  readonly body: Buffer;
}

export interface QueueRecord extends QueueEntry {
  /** Position in the queue; grows, may have gaps. */
  readonly seq: number;
}

export interface QueueDepth {
  records: number;
  bytes: number;
  /** Milliseconds since 1970 of the oldest waiting record; null when empty. */
  oldestAt: number | null;
}

export interface DeadLetter {
  id: number;
  seq: number;
  at: number;
  reason: string;
  item: QueueItem;
  sizeBytes: number;
}

/**
 * The durable hand-off between ingest and process: an append-only log read by position.
 *
 * Promises: `append` resolves only after the records survive a killed process (and, with the default
 * settings, a power cut). Records come back in `seq` order, unchanged, until trimmed. Reading is
 * at-least-once: the consumer keeps its position in the meta store, in the transaction that has the effect.
 */
export interface QueueWriter {
  /** Appends all entries or none. Concurrent calls are committed together. */
  append(entries: readonly QueueEntry[]): Promise<void>;
  /** Waiting records as of the last commit or trim; cheap enough for every request. */
  depth(): QueueDepth;
  close(): Promise<void>;
}

export interface QueueReader {
  /** Records with after < seq (<= upTo, when given), at most `maxRecords` and about `maxBytes`. Empty at the end. */
  read(bounds: {
    after: number;
    upTo?: number;
    maxRecords: number;
    maxBytes: number;
  }): Promise<readonly QueueRecord[]>;
  /** Resolves when a record after this position exists, the time is over, or the signal aborts. */
  waitFor(after: number, timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** Forgets records up to and including `seq`. */
  trim(seq: number): Promise<void>;
  depth(): Promise<QueueDepth>;
  /** Sets poison aside with its reason (idempotent per seq); it is not retried until re-driven. */
  bury(record: QueueRecord, reason: string): Promise<void>;
  dead(limit: number): Promise<readonly DeadLetter[]>;
  /** Appends dead letters again, at the queue's end, and forgets them; returns how many. */
  redrive(ids?: readonly number[]): Promise<number>;
  close(): Promise<void>;
}
