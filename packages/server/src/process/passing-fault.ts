import { PositionMoved } from "./claim.js";
import { errorCode } from "../shared/error-code.js";
import { EventStoreError } from "../store/events/event-store-error.js";

/**
 * Codes of a disk that is full or broken, of a database that is busy or away: Node's, SQLite's, PostgreSQL's classes
 * 08, 40 (deadlock), 53, 57 and 58, and 55P03, a lock held too long (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const passing =
  /^(ENOSPC|EDQUOT|EIO|EROFS|EACCES|EMFILE|ENFILE|ENOMEM|EAGAIN|EPIPE|ETIMEDOUT|ENOTFOUND|ECONN\w+|SQLITE_(FULL|BUSY|IOERR|LOCKED|READONLY|CANTOPEN|NOMEM|PROTOCOL|CORRUPT|NOTADB)\w*|08\w{3}|40\w{3}|53\w{3}|55P03|57\w{3}|58\w{3})$/;

/** What the PostgreSQL client says without a code when its connection is gone or cannot be had. */
const lostConnection = /^(Connection terminated|Client (was|has)|timeout exceeded when trying to connect)/;
/**
 * ClickHouse's codes for what an administrator did to the store: columns, tables and databases that are gone, refused
 * passwords and rights (https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp).
 */
const storeCodes: ReadonlySet<number> = new Set([16, 47, 60, 81, 115, 192, 193, 194, 291, 497, 516]);

/**
 * Whether a batch failed for a reason that has nothing to do with what is in it and ends by itself or by somebody's
 * hand. Its records are then tried again for as long as it takes, and none falls under suspicion.
 */
export function isPassingFault(error: unknown): boolean {
  if (error instanceof EventStoreError) {
    const isOfTheStore = error.kind === "rejected" && storeCodes.has(error.code ?? 0);
    return error.retryable || error.kind === "timeout" || error.kind === "aborted" || isOfTheStore;
  }
  if (error instanceof PositionMoved) return true;
  const code = errorCode(error);
  if (code === undefined) return error instanceof Error && lostConnection.test(error.message);
  return passing.test(code);
}
