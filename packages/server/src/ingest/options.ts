const kib = 1024;
const mib = 1024 * kib;

/** What the edge allows. Every size is in bytes. */
export interface IngestOptions {
  /** Largest request body as sent, compressed or not. Default 50 MiB. */
  readonly maxBodyBytes: number;
  /** Largest body after decompression. Default 100 MiB, half of what Relay takes: one such body must fit the budget. */
  readonly maxInflatedBytes: number;
  /** Bytes held for all requests in flight together; beyond it requests are refused. Default 256 MiB. */
  readonly maxInFlightBytes: number;
  /** Bodies above this go to the blob store instead of the queue, unless process reads them. Default 256 KiB. */
  readonly maxQueuedBodyBytes: number;
  /** Waiting queue records at which ingest refuses. Default 500,000. */
  readonly maxBacklogRecords: number;
  /** Waiting queue bytes at which ingest refuses. Default 8 GiB. */
  readonly maxBacklogBytes: number;
  /** What refused senders are told to wait, in seconds. Default 30. */
  readonly backlogRetrySeconds: number;
  /** How often counted outcomes are written to the queue. Default 1,000 ms. */
  readonly outcomeFlushMs: number;
}

export const defaultIngestOptions: IngestOptions = Object.freeze({
  maxBodyBytes: 50 * mib,
  maxInflatedBytes: 100 * mib,
  maxInFlightBytes: 256 * mib,
  maxQueuedBodyBytes: 256 * kib,
  maxBacklogRecords: 500_000,
  maxBacklogBytes: 8 * 1024 * mib,
  backlogRetrySeconds: 30,
  outcomeFlushMs: 1_000,
});
