/**
 * - `busy`: more waits in memory than the disk takes; try again soon
 * - `storage`: the disk is full or broken; nothing was appended
 * - `corrupt`: the file is damaged; a restart of the writer sets it aside and salvages what is readable
 * - `closed`: the queue was closed or its writer ended; whether the last append is kept is unknown
 */
export type QueueErrorCode = "busy" | "storage" | "corrupt" | "closed";

/** The queue cannot do what was asked; every other error is a bug. */
export class QueueError extends Error {
  override readonly name = "QueueError";
  readonly code: QueueErrorCode;

  constructor(code: QueueErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
