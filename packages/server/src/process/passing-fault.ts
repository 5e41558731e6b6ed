import { errorCode } from "../shared/error-code.js";
import { EventStoreError } from "../store/events/event-store-error.js";

/**
 * Codes of a disk that is full or broken, of a database that is busy or away: Node's, SQLite's, PostgreSQL's classes
 * 08, 53, 57 and 58 (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const passing =
  /^(ENOSPC|EDQUOT|EIO|EROFS|EACCES|EMFILE|ENFILE|ENOMEM|EAGAIN|EPIPE|ETIMEDOUT|ENOTFOUND|ECONN\w+|SQLITE_(FULL|BUSY|IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL)\w*|08\w{3}|53\w{3}|57\w{3}|58\w{3})$/;

/**
 * Whether a batch failed for a reason that has nothing to do with what is in it and ends by itself or by somebody's
 * hand. Its records are then tried again for as long as it takes, and none falls under suspicion.
 */
export function isPassingFault(error: unknown): boolean {
  if (error instanceof EventStoreError) {
    return error.retryable || error.kind === "timeout" || error.kind === "aborted";
  }
  return passing.test(errorCode(error) ?? "");
}
