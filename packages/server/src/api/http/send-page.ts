import type { FastifyReply, FastifyRequest } from "fastify";
import { readCursor, readLimit, sendLinks } from "./pagination.js";
import { firstValue } from "./query-values.js";
import type { Query } from "./query-values.js";

/** Rows to read: `limit` is one more than the page holds, which tells whether another page follows. */
export interface PageBounds {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Reads one page of a list by `cursor` and `per_page` (or `limit`), sets the Link header and returns the rows.
 *
 * @throws AppError invalid for a cursor that is none
 */
export async function sendPage<T>(
  http: { request: FastifyRequest; reply: FastifyReply; publicUrl: string },
  read: (bounds: PageBounds) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const query = http.request.query as Query;
  const { offset } = readCursor(firstValue(query, "cursor"));
  const limit = readLimit(firstValue(query, "per_page") ?? firstValue(query, "limit"));
  const rows = await read({ offset, limit: limit + 1 });
  const { publicUrl } = http;
  sendLinks(http.request, http.reply, { publicUrl, offset, limit, hasMore: rows.length > limit });
  return rows.slice(0, limit);
}
